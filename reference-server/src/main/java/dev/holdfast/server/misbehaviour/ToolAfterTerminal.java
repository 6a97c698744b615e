package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Repeats the last end of a tool behind its run's terminal frame. */
final class ToolAfterTerminal implements ServerStep {
  private final ServerStep good;
  private final Map<String, Frame> lastEnd = new TreeMap<>();

  ToolAfterTerminal(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    Step<SessionState, ServerOutput> step = good.step(state, input, now);
    List<ServerOutput> bent = new ArrayList<>();
    for (ServerOutput output : step.outputs()) {
      bent.add(output);
      if (output instanceof ServerOutput.Send sent) {
        Frame late = late(sent.connection(), sent.frame());
        if (late != null) {
          bent.add(new ServerOutput.Send(sent.connection(), late));
        }
      }
    }
    return new Step<>(step.state(), bent);
  }

  private @Nullable Frame late(String connection, Frame frame) {
    boolean ended =
        frame.body() instanceof ToolExecution t && t.status().equals(ToolExecution.COMPLETED);
    if (ended) {
      lastEnd.put(connection, frame);
    }
    return frame.endsRun() ? lastEnd.remove(connection) : null;
  }
}
