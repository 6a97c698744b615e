package dev.holdfast.scenarios.conformance.resume;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import java.util.List;

/**
 * Whether presence was told too often.
 *
 * <p>The network may hold frames up and deliver them in a bunch, so how close they come to each
 * other proves nothing. How many have come since the client was first let in does: none of them was
 * sent before. The server's own timestamps are not asked.
 */
final class PresencePace {
  private static final int MOST = 4;
  private static final long SECOND_MS = 1_000;

  private PresencePace() {}

  /**
   * Whether more happened than fits at four a second.
   *
   * @param sinceMs when the first of it can have happened
   * @param atMs when each was seen, in order
   */
  static boolean tooMany(long sinceMs, List<Long> atMs) {
    return firstTooMany(sinceMs, atMs) > 0;
  }

  /**
   * Judges presence that was told.
   *
   * @param sinceMs when the client that was told began to connect
   * @param atMs when each status came, in order
   * @throws Mismatch if a server that keeps to four a second cannot have sent so many by then
   */
  static void judge(long sinceMs, List<Long> atMs) throws Mismatch {
    int count = firstTooMany(sinceMs, atMs);
    if (count > 0) {
      long spanMs = atMs.get(count - 1) - sinceMs;
      throw new Mismatch(
          "at most " + MOST + " status presence a second",
          count + " within " + spanMs + " ms of connecting");
    }
  }

  /** How many there were when there were too many for the first time; 0 if there never were. */
  private static int firstTooMany(long sinceMs, List<Long> atMs) {
    for (int i = 0; i < atMs.size(); i++) {
      long begunSeconds = Math.max(0, atMs.get(i) - sinceMs) / SECOND_MS + 1;
      if (i + 1 > MOST * begunSeconds) {
        return i + 1;
      }
    }
    return 0;
  }
}
