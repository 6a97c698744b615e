package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Machines that are wrong in one way and remember nothing of their own. */
final class Bends {
  private Bends() {}

  /** An error of this kind is never sent. */
  static UnaryOperator<ServerStep> silentAbout(String code) {
    return Bend.withholds(frame -> frame.body() instanceof Failure f && code.equals(f.code()));
  }

  static UnaryOperator<ServerStep> errorsWithoutCodes() {
    return Bend.frames(frame ->
        frame.body() instanceof Failure f
            ? List.of(Bend.with(frame, new Failure(f.error(), null, f.retryable(), false)))
            : List.of(frame));
  }

  /** A close with this code is never made. */
  static UnaryOperator<ServerStep> neverCloses(int code) {
    return Bend.outputs(output ->
        output instanceof ServerOutput.Close c && c.code() == code ? List.of() : List.of(output));
  }

  /** A bad frame ends the connection as if all were well, without a word. */
  static UnaryOperator<ServerStep> errorAfterAnswer() {
    return Bend.frames(frame ->
        frame.body() instanceof Message m && m.isAnswer()
            ? List.of(frame, Bend.with(frame, Failure.of("agent_failed", "Clean-up failed.")))
            : List.of(frame));
  }

  /** Emptiness is handed to the agent like anything else. */
  static UnaryOperator<ServerStep> answersEmptiness() {
    return Bend.hears(frame ->
        frame.body() instanceof Message m && (m.content() == null || m.content().isEmpty())
            ? Bend.with(frame, Message.said("nothing"))
            : frame);
  }

  static UnaryOperator<ServerStep> believesAnySession() {
    return Bend.hears(frame ->
        frame.body() instanceof Message m
            ? new Frame(
                frame.envelope().withSession(null),
                new Message(
                    m.content(), null, m.history(), List.of(), m.role(), m.stream(), m.delta()))
            : frame);
  }

  /** A tool that ended is reported as running once more. */
  static UnaryOperator<ServerStep> toolsGoBack() {
    return Bend.frames(frame ->
        frame.body() instanceof ToolExecution t && t.status().equals(ToolExecution.COMPLETED)
            ? List.of(frame, Bend.with(frame, running(t)))
            : List.of(frame));
  }

  private static ToolExecution running(ToolExecution t) {
    return new ToolExecution(t.tool(), t.callId(), ToolExecution.RUNNING, t.detailsJson());
  }

  static UnaryOperator<ServerStep> leavesToolsOpen() {
    return Bend.withholds(frame ->
        frame.body() instanceof ToolExecution t && t.status().equals(ToolExecution.COMPLETED));
  }

  static UnaryOperator<ServerStep> startsToolsUnannounced() {
    return Bend.frames(frame ->
        frame.body() instanceof ToolExecution t && t.status().equals(ToolExecution.RUNNING)
            ? List.of(Bend.with(frame, new ToolExecution(t.tool(), t.callId(), "started", null)))
            : List.of(frame));
  }

  /** Whatever the agent says while nobody is connected is lost, its answer too. */
  static UnaryOperator<ServerStep> runDiesWithItsSocket() {
    return Bend.inputs((state, input) ->
        input instanceof ServerInput.AgentSaid && state.connections().isEmpty() ? null : input);
  }

  /** An agent that fails takes its person's connection along. */
  static UnaryOperator<ServerStep> hidesFailuresInAnswers() {
    return Bend.inputs((state, input) -> hidden(input));
  }

  private static @Nullable ServerInput hidden(ServerInput input) {
    return input instanceof ServerInput.AgentSaid said
            && said.event() instanceof AgentEvent.Failed failed
        ? new ServerInput.AgentSaid(
            said.runId(), new AgentEvent.Answer("Sorry: " + failed.message(), List.of()))
        : input;
  }

  /** Whoever pings is shown the door. */
  static UnaryOperator<ServerStep> closesOnPing() {
    return Bend.outputs(output ->
        output instanceof ServerOutput.Send s
                && s.frame().body() instanceof dev.holdfast.protocol.frame.Body.Pong
            ? List.of(new ServerOutput.Close(s.connection(), CloseCode.PROTOCOL_ERROR, "ping"))
            : List.of(output));
  }
}
