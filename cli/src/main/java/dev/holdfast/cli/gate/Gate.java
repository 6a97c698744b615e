package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.Run;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Settings;
import java.util.List;
import java.util.function.Predicate;

/**
 * All stages of a gate, in the order in which they run: load alone and last, it disturbs others.
 */
public final class Gate {
  /** Simulated users whose transport is asked for, and people in the rollback drill. */
  private static final int USERS = 10_000;

  private static final int DRILL_PEOPLE = 10;

  private Gate() {}

  public static List<GateStage> stages() {
    return List.of(
        ConformanceStage.sample(),
        new ChaosStage(marked(scenario -> !Settings.slow(scenario)), new EngineChoice.Embedded()),
        new SimulationStage(marked(scenario -> true)),
        new RolloutStage(USERS, DRILL_PEOPLE),
        new LoadStage(LoadShape.SMOKE));
  }

  private static List<Scenario> marked(Predicate<Scenario> condition) {
    return ChaosScenarios.ALL.stream().filter(Scenario::gate).filter(condition).toList();
  }

  /** Plays every stage that applies; one that breaks leaves the others to go on. */
  public static void play(Run run, List<GateStage> stages) throws InterruptedException {
    for (GateStage stage : stages) {
      if (stage.appliesTo(run.subject())) {
        run.during(stage.stage(), stage::run);
      } else {
        run.progress().note("no " + stage.stage() + ": it says nothing about this target");
      }
    }
  }
}
