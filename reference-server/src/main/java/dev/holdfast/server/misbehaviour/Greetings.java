package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ServerStep;
import java.util.List;

/** Greetings gone wrong. */
final class Greetings {
  private Greetings() {}

  static ServerStep none(ServerStep good) {
    return Twist.withoutBodies(good, body -> body instanceof Status.Connected);
  }

  static ServerStep late(ServerStep good) {
    return Twist.frames(
        good,
        frame ->
            frame.body() instanceof Status.Connected
                ? List.of(new Frame(frame.envelope(), new Status.Other("warming_up")), frame)
                : List.of(frame));
  }
}
