package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Message.Stream.State;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;

/** The run's machine: turns what the agent says into frames, up to exactly one terminal frame. */
final class RunMachine {

  /**
   * What one event led to.
   *
   * @param bodies what to send, in order; the last is the terminal one when the run ended
   * @param ended the result, or null while the run goes on
   */
  record Progress(Run run, List<Body> bodies, @Nullable SnapshotRun ended) {}

  private RunMachine() {}

  static Progress step(Run run, AgentEvent event) {
    return switch (event) {
      case AgentEvent.Stage s ->
          goingOn(run, new Status.Processing(s.stage(), s.message(), s.tasks()));
      case AgentEvent.Tool t -> tool(run, t);
      case AgentEvent.Delta d -> delta(run, d.text());
      case AgentEvent.Answer a -> answer(run, WellFormed.text(a.content()), a.artifacts());
      case AgentEvent.Failed f -> failed(run, Failure.of(ErrorCode.AGENT_FAILED, f.message()));
    };
  }

  /** The run ends without an answer. */
  static Progress failed(Run run, Failure failure) {
    List<Body> bodies = new ArrayList<>();
    Run settled = settleTools(run, bodies);
    if (run.streamed() > 0) {
      bodies.add(Message.piece(State.ABORTED, run.streamed(), ""));
    }
    bodies.add(failure);
    return new Progress(settled, bodies, settled.failed(failure));
  }

  /** A call moves forward only; what an agent says of it after its end changes nothing. */
  private static Progress tool(Run run, AgentEvent.Tool event) {
    int known = indexOf(run.tools(), event.callId());
    String before = known < 0 ? "" : run.tools().get(known).status();
    var moved =
        new ToolExecution(event.tool(), event.callId(), event.status(), event.detailsJson());
    if (!follows(before, event.status())) {
      return new Progress(run, List.of(), null);
    }
    PVector<ToolExecution> tools =
        known < 0 ? run.tools().plus(moved) : run.tools().with(known, moved);
    return goingOn(run.withTools(tools), moved);
  }

  private static boolean follows(String before, String after) {
    return switch (after) {
      case ToolExecution.PENDING -> before.isEmpty();
      case ToolExecution.RUNNING -> before.equals(ToolExecution.PENDING);
      case ToolExecution.COMPLETED -> before.equals(ToolExecution.RUNNING);
      case ToolExecution.ERROR ->
          before.equals(ToolExecution.PENDING) || before.equals(ToolExecution.RUNNING);
      default -> false;
    };
  }

  private static int indexOf(PVector<ToolExecution> tools, String callId) {
    for (int i = 0; i < tools.size(); i++) {
      if (callId.equals(tools.get(i).callId())) {
        return i;
      }
    }
    return -1;
  }

  private static Progress delta(Run run, String text) {
    String whole = run.held() + text;
    boolean split = !whole.isEmpty() && Character.isHighSurrogate(whole.charAt(whole.length() - 1));
    String piece = WellFormed.text(split ? whole.substring(0, whole.length() - 1) : whole);
    String held = split ? whole.substring(whole.length() - 1) : "";
    if (piece.isEmpty()) {
      return new Progress(run.streamed(run.text(), run.streamed(), held), List.of(), null);
    }
    State state = run.streamed() == 0 ? State.START : State.DELTA;
    Run grown = run.streamed(run.text().plus(piece), run.streamed() + piece.length(), held);
    return goingOn(grown, Message.piece(state, run.streamed(), piece));
  }

  private static Progress answer(Run run, String content, List<Message.Artifact> artifacts) {
    List<Body> bodies = new ArrayList<>();
    Run settled = settleTools(run, bodies);
    if (run.streamed() > 0) {
      mendStream(run.textSoFar(), content, bodies);
    }
    bodies.add(Message.answer(content, artifacts));
    return new Progress(settled, bodies, settled.completed(content, artifacts));
  }

  /** The pieces joined must equal the whole, whatever the agent streamed before. */
  private static void mendStream(String streamed, String whole, List<Body> bodies) {
    if (!streamed.equals(whole)) {
      int same = commonPrefix(streamed, whole);
      bodies.add(Message.piece(State.DELTA, same, whole.substring(same)));
    }
    bodies.add(Message.piece(State.END, whole.length(), ""));
  }

  private static int commonPrefix(String a, String b) {
    int same = 0;
    while (same < a.length() && same < b.length() && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    return same > 0 && Character.isHighSurrogate(a.charAt(same - 1)) ? same - 1 : same;
  }

  /** No call stays open behind its run's end. */
  private static Run settleTools(Run run, List<Body> bodies) {
    PVector<ToolExecution> tools = run.tools();
    for (int i = 0; i < tools.size(); i++) {
      ToolExecution tool = tools.get(i);
      if (follows(tool.status(), ToolExecution.ERROR)) {
        var ended =
            new ToolExecution(tool.tool(), tool.callId(), ToolExecution.ERROR, tool.detailsJson());
        tools = tools.with(i, ended);
        bodies.add(ended);
      }
    }
    return run.withTools(tools);
  }

  private static Progress goingOn(Run run, Body body) {
    return new Progress(run, List.of(body), null);
  }
}
