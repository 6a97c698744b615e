package dev.holdfast.cli.simulate;

import dev.holdfast.report.result.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * How a simulation ended, as its last line and its exit code say it.
 *
 * @param line what follows {@code holdfast:}
 */
record Ending(String line, ExitCode exit) {

  /**
   * The verdict on what was played.
   *
   * @param signal what ended it before its time, or null
   * @param played how much was played by then, in words
   */
  static Ending of(long violations, @Nullable ExitCode signal, String played) {
    if (violations > 0) {
      return new Ending(
          "FAIL " + violations + " violations", signal == null ? ExitCode.NONCONFORMANCE : signal);
    }
    return signal == null
        ? new Ending("PASS no violation", ExitCode.PASS)
        : new Ending("INCONCLUSIVE interrupted after " + played, signal);
  }
}
