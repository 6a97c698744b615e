package dev.holdfast.scenarios.conformance;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.TraceLine;
import dev.holdfast.report.result.Verdict;
import java.util.List;

/**
 * How the script of a case ended.
 *
 * @param expected what had to be seen; empty where that is no question
 * @param seen what was seen, or why nothing can be said
 * @param isAbsence whether something did not come, or came late: such a failure depends on time
 * @param tookMs how long the script took, in milliseconds
 */
record Outcome(
    Kind kind,
    String expected,
    String seen,
    boolean isAbsence,
    long tookMs,
    List<TraceLine> trace) {
  /** What that says of the target. */
  enum Kind {
    PASSED,
    VIOLATED,
    /** Violated beside other cases, but not when the case was played alone. */
    CROWDED,
    /** Not played as it is meant: the target had no room for a connection, and said so. */
    FULL,
    /** The same, and the case itself had many connections. */
    FILLED,
    UNCLEAR,
    INAPPLICABLE,
    BROKEN
  }

  Outcome {
    trace = List.copyOf(trace);
  }

  /** Nothing was played. */
  static Outcome unplayed(Kind kind, String why) {
    return new Outcome(kind, "", why, false, 0, List.of());
  }

  /** Whether the target has to be asked if it is still there. */
  boolean needsAPulse() {
    return kind == Kind.VIOLATED || kind == Kind.UNCLEAR;
  }

  /** Whether the target had no room for a connection, and said so. */
  boolean isFull() {
    return kind == Kind.FULL || kind == Kind.FILLED;
  }

  /** Whether something did not come, or came late. */
  boolean isMissing() {
    return kind == Kind.VIOLATED && isAbsence;
  }

  Outcome absence(boolean holds) {
    return new Outcome(kind, expected, seen, holds, tookMs, trace);
  }

  /** The same, with more on what was seen. */
  Outcome noting(String more) {
    return new Outcome(kind, expected, seen + more, isAbsence, tookMs, trace);
  }

  /** The same trace with another conclusion. */
  Outcome but(Kind other, String why) {
    return new Outcome(other, expected, why, isAbsence, tookMs, trace);
  }

  Finding finish(FindingBuilder finding, String cause) {
    finding.took(tookMs).trace(trace);
    return switch (kind) {
      case PASSED -> finding.pass();
      case VIOLATED -> finding.expected(expected).likelyCause(cause).violated(seen);
      case CROWDED -> finding.expected(expected).verdict(Verdict.WARN, seen);
      case UNCLEAR, FULL, FILLED -> finding.inconclusive(seen);
      case INAPPLICABLE -> finding.notApplicable(seen);
      case BROKEN -> finding.harnessError(seen);
    };
  }
}
