package dev.holdfast.report.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts, in words. */
public final class Tally {
  private Tally() {}

  /** What a run that passed has to show for it. */
  static String of(List<Finding> findings, List<LoadResult> loads, List<BudgetResult> budgets) {
    List<String> parts = new ArrayList<>();
    if (!findings.isEmpty()) {
      parts.add(count(findings, Verdict.PASS) + " of " + findings.size() + " passed");
    }
    addIfAny(parts, findings.stream().filter(f -> isKnownFailure(f)).count(), "known to fail");
    addIfAny(parts, count(findings, Verdict.WARN), "with a warning");
    addIfAny(parts, count(findings, Verdict.INCONCLUSIVE), "inconclusive");
    addIfAny(parts, count(findings, Verdict.NOT_APPLICABLE), "not applicable");
    for (LoadResult load : loads) {
      parts.add(load.conversationsChecked() + " conversations under load, none broken");
    }
    addIfAny(parts, budgets.size(), budgets.size() == 1 ? "budget kept" : "budgets kept");
    return String.join(", ", parts);
  }

  /** A budget in a few words: {@code round_trip_p99_ms 31 of 100}. */
  public static String budget(BudgetResult b) {
    Double measured = b.measured();
    String value = measured == null ? "not measured," : number(measured);
    return b.name() + " " + value + " of " + number(b.limit());
  }

  /** A number with as many decimals as it needs and at most two: {@code 31}, {@code 0.25}. */
  public static String number(double value) {
    String text = String.format(Locale.ROOT, "%,.2f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  private static boolean isKnownFailure(Finding f) {
    return f.verdict() == Verdict.FAIL && f.isKnown();
  }

  private static long count(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(f -> f.verdict() == verdict).count();
  }

  private static void addIfAny(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
