package dev.holdfast.load;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is counted over a whole load.
 *
 * @param losses connections that went although nobody wanted to end them
 * @param stranded people who lost theirs and never got another
 * @param lastFailure why the newest failed attempt failed; null when none did
 * @param socket what came of messages on the WebSocket whose connection was not cut by their person
 * @param dropped of messages whose person lost the network before the answer
 * @param http of messages that went by HTTP
 */
record Counts(
    long messages,
    long attempts,
    long failedAttempts,
    long reconnects,
    long losses,
    long stranded,
    @Nullable String lastFailure,
    Arm socket,
    Arm dropped,
    Arm http) {
  static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, null, Arm.NONE, Arm.NONE, Arm.NONE);

  /** Parts that an earlier version wrote have no arms. */
  Counts {
    socket = Objects.requireNonNullElse(socket, Arm.NONE);
    dropped = Objects.requireNonNullElse(dropped, Arm.NONE);
    http = Objects.requireNonNullElse(http, Arm.NONE);
  }

  Counts plus(Counts other) {
    return new Counts(
        messages + other.messages,
        attempts + other.attempts,
        failedAttempts + other.failedAttempts,
        reconnects + other.reconnects,
        losses + other.losses,
        stranded + other.stranded,
        other.lastFailure == null ? lastFailure : other.lastFailure,
        socket.plus(other.socket),
        dropped.plus(other.dropped),
        http.plus(other.http));
  }
}
