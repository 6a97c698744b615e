package dev.holdfast.scenarios.conformance;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.TraceLine;
import java.util.List;

/**
 * How the script of a case ended.
 *
 * @param expected what had to be seen; empty where that is no question
 * @param seen what was seen, or why nothing can be said
 */
record Outcome(Kind kind, String expected, String seen, long tookMs, List<TraceLine> trace) {
  /** What that says of the target. */
  enum Kind {
    PASSED,
    VIOLATED,
    UNCLEAR,
    INAPPLICABLE,
    BROKEN
  }

  Outcome {
    trace = List.copyOf(trace);
  }

  /** Nothing was played. */
  static Outcome unplayed(Kind kind, String why) {
    return new Outcome(kind, "", why, 0, List.of());
  }

  boolean needsAPulse() {
    return kind == Kind.VIOLATED || kind == Kind.UNCLEAR;
  }

  /** The same, with a word more on what was seen. */
  Outcome noting(String more) {
    return new Outcome(kind, expected, seen + more, tookMs, trace);
  }

  Finding finish(FindingBuilder finding, String cause) {
    finding.took(tookMs).trace(trace);
    return switch (kind) {
      case PASSED -> finding.pass();
      case VIOLATED -> finding.expected(expected).likelyCause(cause).violated(seen);
      case UNCLEAR -> finding.inconclusive(seen);
      case INAPPLICABLE -> finding.notApplicable(seen);
      case BROKEN -> finding.harnessError(seen);
    };
  }
}
