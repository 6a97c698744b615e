package dev.holdfast.report.result;

import java.util.Locale;

/**
 * Something wrong with the list of known failures itself; each fails the run.
 *
 * @param where file and line, for example {@code known-failing.txt:7}
 * @param pattern the line's address or glob
 */
public record KnownFailureNote(Kind kind, String where, String pattern, String message) {

  /** What is wrong with the line. */
  public enum Kind {
    /** It expects a failure, and the case passed. */
    UNEXPECTED_PASS,
    /** It names nothing that exists. */
    UNMATCHED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
