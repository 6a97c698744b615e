package dev.holdfast.report.result;

import java.util.Locale;

/** What is concluded about one thing that was looked at. */
public enum Verdict {
  PASS,
  /** A MUST that does not hold. */
  FAIL,
  /** A SHOULD that does not hold. */
  WARN,
  /** The question could not be answered, for example because the fault never fired. */
  INCONCLUSIVE,
  /** The question does not arise: the target does not claim what it asks about. */
  NOT_APPLICABLE,
  /** Holdfast itself broke; nothing is said about the target. */
  HARNESS_ERROR;

  /** The word for people: {@code not applicable}. */
  public String label() {
    return toString().replace('_', ' ');
  }

  /** The word for programs: {@code not_applicable}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
