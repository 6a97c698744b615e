package dev.holdfast.cli.gate;

import dev.holdfast.cli.evidence.LimitsRecord;
import dev.holdfast.cli.run.Run;
import dev.holdfast.load.LoadOutcome;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.GatlingSummary;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.LoadStep;
import java.util.List;

/** Hands a load's outcome to the report of a run. */
public final class LoadReport {
  private LoadReport() {}

  /**
   * Hands in everything and has it judged.
   *
   * @param steps the loads tried one after the other; empty when there was only this one
   */
  public static void hand(Run run, LoadOutcome outcome, Budgets budgets, List<LoadStep> steps) {
    LoadResult result = outcome.result();
    run.evidence(LimitsRecord.FILE, LimitsRecord.json(budgets));
    if (result != null) {
      run.add(linked(result, run, outcome).with(steps));
    }
    outcome
        .findings()
        .forEach(finding -> {
          run.add(finding);
          run.progress().finished(finding);
        });
    outcome.problems().forEach(run::problem);
    List<BudgetResult> judged =
        result == null ? budgets.unmeasured("the load did not run") : budgets.judge(result);
    run.budgets(judged);
  }

  /** Gatling's pages are linked from the load's folder; the report lies above it. */
  private static LoadResult linked(LoadResult result, Run run, LoadOutcome outcome) {
    if (outcome.folder() == null) {
      return result;
    }
    String folder = run.linkTo(outcome.folder());
    return result.withGatling(
        result.gatling().stream()
            .map(g -> new GatlingSummary(folder + "/" + g.link(), g.rows()))
            .toList());
  }
}
