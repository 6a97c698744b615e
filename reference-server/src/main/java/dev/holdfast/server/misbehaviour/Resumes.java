package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerStep;

/** Resuming gone wrong. */
final class Resumes {
  private Resumes() {}

  /** Writes the right token over whatever a hello shows. */
  static ServerStep acceptsAnyToken(ServerStep good) {
    return Twist.inputs(
        good,
        (state, input) ->
            input instanceof ServerInput.Received r
                    && r.decoded() instanceof Decoded.Ok ok
                    && ok.frame().body() instanceof Status.Hello hello
                    && state.access() != null
                ? new ServerInput.Received(
                    r.connection(),
                    new Decoded.Ok(
                        new Frame(ok.frame().envelope(), withToken(hello, state.access().token()))))
                : input);
  }

  private static Status.Hello withToken(Status.Hello h, String token) {
    return new Status.Hello(
        h.clientId(), h.attempt(), token, h.epoch(), h.ack(), h.queued(), h.capabilities());
  }

  static ServerStep acksTooMuch(ServerStep good) {
    return Twist.eachFrame(
        good,
        frame ->
            frame.envelope().ack() == Envelope.ABSENT
                ? frame
                : frame.with(frame.envelope().withAck(frame.envelope().ack() + 1)));
  }

  static ServerStep neverAcks(ServerStep good) {
    return Twist.eachFrame(good, frame -> frame.with(frame.envelope().withAck(Envelope.ABSENT)));
  }

  static ServerStep noCaughtUp(ServerStep good) {
    return Twist.withoutBodies(good, body -> body instanceof Status.CaughtUp);
  }
}
