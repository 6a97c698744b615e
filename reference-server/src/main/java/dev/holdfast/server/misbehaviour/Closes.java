package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import java.util.List;

/** Goodbyes gone wrong. */
final class Closes {
  private Closes() {}

  /** Tells clients that all is done, so that they stay away. */
  static ServerStep doneOnDrain(ServerStep good) {
    return Twist.outputs(
        good,
        output ->
            output instanceof ServerOutput.Close c && isDrain(c.code())
                ? List.of(new ServerOutput.Close(c.connection(), CloseCode.NORMAL, ""))
                : List.of(output));
  }

  private static boolean isDrain(int code) {
    return code == CloseCode.SERVICE_RESTART || code == CloseCode.DRAIN;
  }

  static ServerStep unannounced(ServerStep good) {
    return Twist.withoutBodies(good, body -> body instanceof Status.Drain);
  }
}
