package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.Run;
import dev.holdfast.load.LoadOutcome;
import dev.holdfast.load.LoadPlan;
import dev.holdfast.load.LoadRun;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;
import java.util.Map;

/** Lets many people talk to the subject at once, from a JVM of their own. */
public final class LoadStage implements GateStage {
  /** What the reference has to keep; of anybody else's server only its owner can say. */
  private static final Map<String, Long> OF_THE_REFERENCE = Map.of("round_trip_p95_ms", 100L);

  private final LoadShape shape;

  public LoadStage(LoadShape shape) {
    this.shape = shape;
  }

  @Override
  public Stage stage() {
    return Stage.LOAD;
  }

  @Override
  public void run(Run run) throws Exception {
    run.progress().stageStarted(Stage.LOAD, 1);
    LoadOutcome outcome = LoadRun.run(plan(run), run.progress(), run.evidencePath("load"));
    LoadResult result = outcome.result();
    if (result != null) {
      run.add(result);
    }
    if (outcome.finding() != null) {
      run.add(outcome.finding());
      run.progress().finished(outcome.finding());
    }
    outcome.problems().forEach(run::problem);
    Budgets budgets = budgets(run);
    List<BudgetResult> judged =
        result == null ? budgets.unmeasured("the load did not run") : budgets.judge(result);
    run.budgets(judged);
    run.progress().stageEnded(Stage.LOAD);
  }

  private LoadPlan plan(Run run) {
    Target target = run.subject().target();
    LoadPlan plan = shape.against(target.url()).withSeed(run.seed());
    String plain = target.stimulus(Stimulus.PLAIN);
    return plain == null ? plan : plan.saying(List.of(plain));
  }

  private static Budgets budgets(Run run) {
    Map<String, Long> declared = run.config().budgets();
    boolean undeclared = declared.isEmpty() && run.subject().isReference();
    return Budgets.of(undeclared ? OF_THE_REFERENCE : declared);
  }
}
