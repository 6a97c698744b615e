package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;

/** Gathers the ends of runs and sends them together when nothing is left to do, newest first. */
final class SideBySide implements ServerStep {
  private final ServerStep good;
  private final List<ServerOutput> ends = new ArrayList<>();

  SideBySide(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    Step<SessionState, ServerOutput> step = good.step(state, input, now);
    List<ServerOutput> bent = new ArrayList<>();
    for (ServerOutput output : step.outputs()) {
      if (output instanceof ServerOutput.Send s && s.frame().endsRun()) {
        ends.add(0, output);
      } else {
        bent.add(output);
      }
    }
    if (step.state().runs().isEmpty()) {
      bent.addAll(ends);
      ends.clear();
    }
    return new Step<>(step.state(), bent);
  }
}
