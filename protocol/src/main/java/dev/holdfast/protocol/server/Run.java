package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Few;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.ToolExecution;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * One message on its way to its answer.
 *
 * @param messageId the client's id of the message, or one that the server gave it
 * @param overHttp whether it came by POST: a session without token sends none of its frames
 * @param pushed whether the server started it of itself
 * @param acceptedAt when; with {@code deadline} the span in which it must end
 * @param text what was streamed so far, in pieces
 * @param streamed how many UTF-16 units that is
 * @param held half of a surrogate pair that waits for its other half
 * @param tools each call's newest state
 * @param waiting POST requests that want the result
 * @param doomed how it will end as soon as its turn comes, because it was cancelled before
 */
public record Run(
    String id,
    String messageId,
    boolean clientNamed,
    boolean overHttp,
    boolean pushed,
    String content,
    List<Message.Turn> history,
    long acceptedAt,
    long deadline,
    boolean started,
    PVector<String> text,
    int streamed,
    String held,
    PVector<ToolExecution> tools,
    PVector<String> waiting,
    @Nullable Failure doomed) {

  static Run accepted(
      String id,
      @Nullable String messageId,
      boolean overHttp,
      String content,
      List<Message.Turn> history,
      long acceptedAt,
      long deadline) {
    return new Run(
        id,
        messageId == null ? "m-" + id : messageId,
        messageId != null,
        overHttp,
        false,
        content,
        List.copyOf(history),
        acceptedAt,
        deadline,
        false,
        TreePVector.empty(),
        0,
        "",
        Few.none(),
        Few.none(),
        null);
  }

  Run begun() {
    return at(true, text, streamed, held, tools, waiting, doomed);
  }

  Run streamed(PVector<String> pieces, int length, String held) {
    return at(started, pieces, length, held, tools, waiting, doomed);
  }

  Run withTools(PVector<ToolExecution> newTools) {
    return at(started, text, streamed, held, newTools, waiting, doomed);
  }

  Run awaitedBy(String request) {
    return at(started, text, streamed, held, tools, waiting.plus(request), doomed);
  }

  Run doomed(Failure failure) {
    return at(started, text, streamed, held, tools, waiting, failure);
  }

  /** Somebody on a socket waits for it too. */
  Run wantedOnSocket() {
    return come(false, pushed, acceptedAt, deadline);
  }

  /** Started by the server. */
  Run asPush() {
    return come(overHttp, true, acceptedAt, deadline);
  }

  /** With clocks of a new process, in which nobody waits any more. */
  Run timedAnew(long acceptedNow, long newDeadline) {
    return come(overHttp, pushed, acceptedNow, newDeadline)
        .at(started, text, streamed, held, tools, Few.none(), doomed);
  }

  /** The same message, so far along its way. */
  private Run at(
      boolean started,
      PVector<String> text,
      int streamed,
      String held,
      PVector<ToolExecution> tools,
      PVector<String> waiting,
      @Nullable Failure doomed) {
    return new Run(
        id,
        messageId,
        clientNamed,
        overHttp,
        pushed,
        content,
        history,
        acceptedAt,
        deadline,
        started,
        text,
        streamed,
        held,
        tools,
        waiting,
        doomed);
  }

  /** As far along its way, come by another one or at another time. */
  private Run come(boolean overHttp, boolean pushed, long acceptedAt, long deadline) {
    return new Run(
        id,
        messageId,
        clientNamed,
        overHttp,
        pushed,
        content,
        history,
        acceptedAt,
        deadline,
        started,
        text,
        streamed,
        held,
        tools,
        waiting,
        doomed);
  }

  String textSoFar() {
    return String.join("", text);
  }

  /** Whether a tool was started whose end nobody saw: its effect is unknown. */
  boolean hasToolInDoubt() {
    return tools.stream().anyMatch(t -> t.status().equals(ToolExecution.RUNNING));
  }

  SnapshotRun snapshot() {
    String state = started ? SnapshotRun.RUNNING : SnapshotRun.QUEUED;
    return new SnapshotRun(id, messageId, state, textSoFar(), List.of(), tools, null);
  }

  SnapshotRun completed(String answer, List<Message.Artifact> artifacts) {
    return new SnapshotRun(id, messageId, SnapshotRun.COMPLETED, answer, artifacts, tools, null);
  }

  SnapshotRun failed(Failure failure) {
    return new SnapshotRun(
        id, messageId, SnapshotRun.FAILED, textSoFar(), List.of(), tools, failure);
  }
}
