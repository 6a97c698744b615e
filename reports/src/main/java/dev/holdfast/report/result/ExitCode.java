package dev.holdfast.report.result;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How the process ends; the numbers are a contract with scripts and CI. */
public enum ExitCode {
  PASS(0),
  NONCONFORMANCE(1),
  INCONCLUSIVE(2),
  KNOWN_FAILURES(3),
  OVER_BUDGET(4),
  USAGE(64),
  INTERNAL(70),
  INTERRUPTED(130),
  TERMINATED(143);

  /** A signal outranks all: who pressed Ctrl-C expects 130. Then what cli.md lists. */
  private static final List<ExitCode> PRECEDENCE =
      List.of(
          INTERRUPTED,
          TERMINATED,
          INTERNAL,
          USAGE,
          NONCONFORMANCE,
          OVER_BUDGET,
          KNOWN_FAILURES,
          INCONCLUSIVE,
          PASS);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process returns. */
  public int code() {
    return code;
  }

  /** The one to return when several apply; {@link #PASS} when none does. */
  public static ExitCode first(Collection<ExitCode> applying) {
    return applying.stream().min(byPrecedence()).orElse(PASS);
  }

  /** Sorts the ones that win before the ones that are merely said. */
  public static Comparator<ExitCode> byPrecedence() {
    return Comparator.comparingInt(PRECEDENCE::indexOf);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
