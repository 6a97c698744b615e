package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerStep;

/** Frames gone wrong, going in and coming out. */
final class Frames {
  private Frames() {}

  /** An exception that nobody catches until the connection is gone. */
  static ServerStep bursts(ServerStep good) {
    return Twist.inputs(
        good,
        (state, input) -> {
          if (input instanceof ServerInput.Received r && r.decoded() instanceof Decoded.Violation) {
            throw new IllegalStateException("misbehaving on request");
          }
          return input;
        });
  }

  static ServerStep unreadableTimestamps(ServerStep good) {
    return Twist.eachFrame(good, frame -> frame.with(timeless(frame.envelope())));
  }

  private static Envelope timeless(Envelope e) {
    return new Envelope(
        "just now",
        e.sessionId(),
        e.id(),
        e.seq(),
        e.ack(),
        e.replyTo(),
        e.runId(),
        e.replay(),
        e.origin());
  }
}
