package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Heartbeats gone wrong. */
final class Pongs {
  private Pongs() {}

  static ServerStep swallowed(ServerStep good) {
    return Twist.withoutBodies(good, body -> body instanceof Body.Pong);
  }

  static ServerStep nameless(ServerStep good) {
    return Twist.eachFrame(
        good,
        frame ->
            frame.body() instanceof Body.Pong
                ? frame.with(frame.envelope().withReplyTo(null))
                : frame);
  }

  /** Timers that leak from one ping to the next end like this. */
  static ServerStep closesOnThird(ServerStep good) {
    Map<String, Integer> pings = new HashMap<>();
    return Twist.outputs(
        good,
        output -> {
          if (output instanceof ServerOutput.Send s && s.frame().body() instanceof Body.Pong) {
            boolean third = pings.merge(s.connection(), 1, Integer::sum) == 3;
            return third
                ? List.of(new ServerOutput.Close(s.connection(), CloseCode.HEARTBEAT, "silent"))
                : List.of(output);
          }
          return List.of(output);
        });
  }
}
