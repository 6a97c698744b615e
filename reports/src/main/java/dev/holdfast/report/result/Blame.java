package dev.holdfast.report.result;

import java.util.List;

/**
 * Whose doing a failure is, and what shows it.
 *
 * @param why one sentence that its author can act on
 * @param evidence what was seen, line by line, in the order in which it happened
 */
public record Blame(Culprit culprit, String why, List<String> evidence) {
  public Blame {
    evidence = List.copyOf(evidence);
  }

  /** {@code server: it took m1 and …}. */
  public String sentence() {
    return culprit + ": " + why;
  }
}
