package dev.holdfast.cli.evidence;

import dev.holdfast.load.LoadOutcome;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Verdict;
import java.util.Locale;

/** What broke in one load among several that grow. */
public final class GaveWay {
  private GaveWay() {}

  /** In words; empty when everything held. */
  public static String in(LoadOutcome outcome, Budgets budgets) {
    LoadResult result = outcome.result();
    if (result == null || !outcome.problems().isEmpty()) {
      return outcome.problems().isEmpty()
          ? "the load did not run"
          : outcome.problems().getFirst().message();
    }
    if (result.conversationsBroken() > 0) {
      return String.format(
          Locale.ROOT,
          "%d of %d conversations broke",
          result.conversationsBroken(),
          result.conversationsChecked());
    }
    return budgets.judge(result).stream()
        .filter(b -> b.verdict() == Verdict.FAIL)
        .findFirst()
        .map(GaveWay::overBudget)
        .orElse("");
  }

  private static String overBudget(BudgetResult b) {
    return String.format(Locale.ROOT, "%s is %.1f, over %.0f", b.name(), b.measured(), b.limit());
  }
}
