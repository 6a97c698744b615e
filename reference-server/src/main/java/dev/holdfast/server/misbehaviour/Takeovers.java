package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.server.Connection;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.List;

/** Two connections of one session, confused. */
final class Takeovers {
  private Takeovers() {}

  /** As in servers that keep one entry a session and remove it whenever a connection ends. */
  static ServerStep lateCloseUnregistersNewer(ServerStep good) {
    return Twist.inputs(
        good,
        (state, input) ->
            input instanceof ServerInput.Closed closed && !knows(state, closed.connection())
                ? closedInstead(state, closed)
                : input);
  }

  private static boolean knows(SessionState state, String connection) {
    return state.connections().stream().anyMatch(c -> c.id().equals(connection));
  }

  private static ServerInput closedInstead(SessionState state, ServerInput.Closed closed) {
    if (state.connections().isEmpty()) {
      return closed;
    }
    Connection newest = state.connections().get(state.connections().size() - 1);
    return new ServerInput.Closed(newest.id(), closed.code(), closed.reason());
  }

  static ServerStep keepsOlder(ServerStep good) {
    return Twist.outputs(
        good,
        output ->
            output instanceof ServerOutput.Close c && c.code() == CloseCode.SUPERSEDED
                ? List.of()
                : List.of(output));
  }
}
