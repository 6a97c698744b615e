package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;

/** Loses each fifth positioned frame on its first way; a replay brings it. */
final class SkipsAPosition implements ServerStep {
  private static final int EACH = 5;

  private final ServerStep lossy;

  SkipsAPosition(ServerStep good) {
    lossy =
        Twist.withoutFrames(
            good,
            frame ->
                frame.envelope().positioned()
                    && !frame.envelope().replay()
                    && frame.envelope().seq() % EACH == 0);
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    return lossy.step(state, input, now);
  }
}
