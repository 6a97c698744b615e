package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;

/** Keeps a terminal frame back while other messages wait, and sends it after the next one's. */
final class NewestFirst implements ServerStep {
  private final ServerStep good;
  private final List<ServerOutput> kept = new ArrayList<>();

  NewestFirst(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    Step<SessionState, ServerOutput> step = good.step(state, input, now);
    List<ServerOutput> bent = new ArrayList<>();
    for (ServerOutput output : step.outputs()) {
      boolean ends = output instanceof ServerOutput.Send s && s.frame().endsRun();
      if (ends && kept.isEmpty() && !step.state().runs().isEmpty()) {
        kept.add(output);
      } else {
        bent.add(output);
        if (ends) {
          bent.addAll(kept);
          kept.clear();
        }
      }
    }
    return new Step<>(step.state(), bent);
  }
}
