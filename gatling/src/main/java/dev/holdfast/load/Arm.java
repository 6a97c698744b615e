package dev.holdfast.load;

import org.jspecify.annotations.Nullable;

/**
 * What came of the messages that went one way.
 *
 * @param ended messages of which it is known what came of them, from 0
 * @param answered those that were answered, from 0
 * @param lastFailure why the newest one without an answer has none; null where all were answered
 */
record Arm(long ended, long answered, @Nullable String lastFailure) {
  static final Arm NONE = new Arm(0, 0, null);

  Arm plus(Arm other) {
    return new Arm(
        ended + other.ended,
        answered + other.answered,
        other.lastFailure == null ? lastFailure : other.lastFailure);
  }

  /** With one message more; a null reason stands for an answer. */
  Arm with(@Nullable String failure) {
    return failure == null
        ? new Arm(ended + 1, answered + 1, lastFailure)
        : new Arm(ended + 1, answered, failure);
  }

  /** Whether messages went this way and not one was answered: such an arm shows nothing. */
  boolean answersNothing() {
    return ended > 0 && answered == 0;
  }
}
