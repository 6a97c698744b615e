package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerStep;
import java.util.List;

/** Answers gone wrong. */
final class Answers {
  private Answers() {}

  static ServerStep never(ServerStep good) {
    return Twist.withoutFrames(good, Frame::endsRun);
  }

  static ServerStep twice(ServerStep good) {
    return Twist.frames(good, frame -> frame.endsRun() ? List.of(frame, frame) : List.of(frame));
  }

  static ServerStep empty(ServerStep good) {
    return Twist.eachFrame(
        good,
        frame ->
            frame.body() instanceof Message m && m.isAnswer()
                ? new Frame(frame.envelope(), wordless(m))
                : frame);
  }

  private static Message wordless(Message m) {
    return new Message(null, null, List.of(), m.artifacts(), null, null, null);
  }

  static ServerStep ignoresWhileBusy(ServerStep good) {
    return Twist.inputs(
        good,
        (state, input) ->
            input instanceof ServerInput.Received r
                    && r.decoded() instanceof Decoded.Ok ok
                    && ok.frame().body() instanceof Message
                    && !state.runs().isEmpty()
                ? null
                : input);
  }
}
