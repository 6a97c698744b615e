package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.List;

/** Its session hangs for good once a connection ended while it was being replayed to. */
public final class HangsAfterDeathInReplay implements ServerStep {
  private final ServerStep good;
  private boolean replaying;
  private boolean hangs;

  public HangsAfterDeathInReplay(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    if (hangs) {
      return new Step<>(state, List.of());
    }
    if (replaying && input instanceof ServerInput.Closed) {
      hangs = true;
      return new Step<>(state, List.of());
    }
    Step<SessionState, ServerOutput> next = good.step(state, input, now);
    replaying |=
        next.outputs().stream()
            .anyMatch(o -> o instanceof ServerOutput.Send s && s.frame().envelope().replay());
    return next;
  }
}
