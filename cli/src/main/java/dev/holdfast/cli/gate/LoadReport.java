package dev.holdfast.cli.gate;

import dev.holdfast.cli.evidence.LimitsRecord;
import dev.holdfast.cli.evidence.StarvedLoad;
import dev.holdfast.cli.run.Run;
import dev.holdfast.load.LoadOutcome;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.GatlingSummary;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.LoadStep;
import dev.holdfast.scenarios.machine.Starvation;
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
    hand(run, outcome, budgets, steps, Starvation.NONE);
  }

  /**
   * The same of a load on a machine that had other things to do.
   *
   * @param machine how much processor time the machine withheld meanwhile
   */
  static void hand(
      Run run, LoadOutcome outcome, Budgets budgets, List<LoadStep> steps, Starvation machine) {
    String starved = machine.spoilsTiming() ? machine.toString() : null;
    if (starved != null) {
      run.evidence(StarvedLoad.FILE, starved + "\n");
    }
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
    run.budgets(StarvedLoad.excuse(judged, starved));
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
