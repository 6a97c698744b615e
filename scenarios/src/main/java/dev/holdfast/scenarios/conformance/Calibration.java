package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.model.Target.Stimulus;

/**
 * How patient a check is with its target. An agent may take a minute for an answer: nothing is late
 * before several times of what a plain answer took.
 */
final class Calibration {
  /** How many times the measured answer is waited for. */
  private static final int FACTOR = 3;

  private Calibration() {}

  /**
   * The patience with this target in milliseconds, at least the patience of the bench's pace. A
   * target that gives no plain answer is judged at the least patience.
   */
  static long patienceMs(Bench bench) throws InterruptedException {
    long least = bench.pace().patienceMs();
    try {
      return Math.max(least, FACTOR * bench.rehearsed(Stimulus.PLAIN).tookMs());
    } catch (Finds noAnswer) {
      return least;
    }
  }
}
