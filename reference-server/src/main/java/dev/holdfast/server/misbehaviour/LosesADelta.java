package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;

/** Loses each third streamed piece, so that the pieces joined are not the whole. */
final class LosesADelta implements ServerStep {
  private static final int EACH = 3;

  private final ServerStep lossy;
  private int pieces;

  LosesADelta(ServerStep good) {
    lossy = Twist.withoutFrames(good, this::lost);
  }

  private boolean lost(Frame frame) {
    boolean delta =
        frame.body() instanceof Message m
            && m.stream() != null
            && m.stream().state() == Message.Stream.State.DELTA;
    return delta && ++pieces % EACH == 0;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    return lossy.step(state, input, now);
  }
}
