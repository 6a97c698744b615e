package dev.holdfast.load;

/**
 * When a person says the next thing.
 *
 * @param scheduled whether messages are due at fixed times, or after a pause behind each answer
 * @param ms between two due times, or the pause
 */
public record Pace(boolean scheduled, long ms) {

  public Pace {
    if (ms < 0 || (scheduled && ms == 0)) {
      throw new IllegalArgumentException(
          "a pause is 0 ms or more and a schedule 1 ms or more, not " + ms);
    }
  }

  /** A closed model: who waits longer for answers says less. */
  public static Pace afterAnswer(long pauseMs) {
    return new Pace(false, pauseMs);
  }

  /** An open model: messages are due every so often, whatever the answers do. */
  public static Pace onSchedule(long everyMs) {
    return new Pace(true, everyMs);
  }
}
