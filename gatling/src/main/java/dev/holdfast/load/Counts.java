package dev.holdfast.load;

import org.jspecify.annotations.Nullable;

/**
 * What is counted over a whole load.
 *
 * @param losses connections that went although nobody wanted to end them
 * @param stranded people who lost theirs and never got another
 * @param lastFailure why the newest failed attempt failed; null when none did
 */
record Counts(
    long messages,
    long attempts,
    long failedAttempts,
    long reconnects,
    long losses,
    long stranded,
    @Nullable String lastFailure) {
  static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, null);

  Counts plus(Counts other) {
    return new Counts(
        messages + other.messages,
        attempts + other.attempts,
        failedAttempts + other.failedAttempts,
        reconnects + other.reconnects,
        losses + other.losses,
        stranded + other.stranded,
        other.lastFailure == null ? lastFailure : other.lastFailure);
  }
}
