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
   * The patience with this target in milliseconds: what its owner declared, or else three times the
   * longer of a plain answer and one with tools, and at least the patience of the bench's pace. A
   * target that gives no answer is judged at the least patience.
   */
  static long patienceMs(Bench bench) throws InterruptedException {
    long least = bench.pace().patienceMs();
    Long declared = bench.target().patienceMs();
    if (declared != null) {
      return declared;
    }
    return Math.max(
        Math.max(least, measured(bench, Stimulus.PLAIN)), measured(bench, Stimulus.TWO_TOOLS));
  }

  private static long measured(Bench bench, Stimulus kind) throws InterruptedException {
    try {
      return bench.target().stimulus(kind) == null ? 0 : FACTOR * bench.rehearsed(kind).tookMs();
    } catch (Finds noAnswer) {
      return 0;
    }
  }
}
