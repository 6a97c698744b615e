package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;

/** Holds what a run says until its end and sends all of it together; odd, and no fault. */
final class Bursts implements ServerStep {
  private final ServerStep good;
  private final List<ServerOutput> held = new ArrayList<>();

  Bursts(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    Step<SessionState, ServerOutput> step = good.step(state, input, now);
    List<ServerOutput> bent = new ArrayList<>();
    for (ServerOutput output : step.outputs()) {
      if (isProgress(output)) {
        held.add(output);
      } else {
        if (output instanceof ServerOutput.Send s && s.frame().endsRun()) {
          bent.addAll(held);
          held.clear();
        }
        bent.add(output);
      }
    }
    return new Step<>(step.state(), bent);
  }

  private static boolean isProgress(ServerOutput output) {
    return output instanceof ServerOutput.Send s
        && (s.frame().body() instanceof Status.Processing
            || s.frame().body() instanceof ToolExecution);
  }
}
