package dev.holdfast.cli.gate;

import dev.holdfast.cli.evidence.Baseline;
import dev.holdfast.cli.run.Run;
import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.conformance.Pace;
import dev.holdfast.scenarios.conformance.ServerCases;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All stages of a gate and when each runs: conformance mostly waits, so simulation and rollout play
 * beside it, but for the cases that may start the subject anew; chaos has the machine to itself;
 * load is alone and last, for it disturbs others.
 */
public final class Gate {
  /** Stages side by side; each lane plays its own in turn. */
  public record Phase(List<List<GateStage>> lanes) {
    public Phase {
      lanes = List.copyOf(lanes);
    }

    /** A stage that has the machine to itself. */
    public static Phase alone(GateStage stage) {
      return new Phase(List.of(List.of(stage)));
    }
  }

  private Gate() {}

  /**
   * What a gate of that depth plays, in order.
   *
   * @param reference whether it is played on the reference, of which every case holds in our tests;
   *     of any other target every case that must hold is played
   */
  public static List<Phase> phases(Depth depth, boolean reference) {
    ConformanceStage conformance = conformance(depth, reference);
    List<Phase> phases = new ArrayList<>();
    phases.add(
        new Phase(
            List.of(
                List.of(conformance.inCompany()),
                List.of(new SimulationStage(simulated(depth)), rollout(depth)))));
    if (depth == Depth.FULL || !reference) {
      phases.add(Phase.alone(conformance.alone()));
    }
    phases.add(Phase.alone(new ChaosStage(onSockets(depth), new EngineChoice.Embedded())));
    phases.add(Phase.alone(LoadStage.ofGate(load(depth))));
    phases.add(Phase.alone(new AuditStage()));
    return List.copyOf(phases);
  }

  private static ConformanceStage conformance(Depth depth, boolean reference) {
    return switch (depth) {
      case QUICK ->
          ConformanceStage.of(reference ? ServerCases::quick : ServerCases::must, Pace.STANDARD);
      case STANDARD ->
          ConformanceStage.of(reference ? ServerCases::sample : ServerCases::gate, Pace.STANDARD);
      case FULL -> ConformanceStage.of(ServerCases::of, Pace.STANDARD.slowToo());
    };
  }

  private static RolloutStage rollout(Depth depth) {
    List<Profile> drilled =
        depth == Depth.QUICK ? List.of(Profile.RESUME) : List.of(Profile.values());
    return new RolloutStage(depth.users(), depth.drillPeople(), drilled);
  }

  /** In virtual time waiting costs nothing, so there the slow ones are played too. */
  private static List<Scenario> simulated(Depth depth) {
    return marked(depth, scenario -> true);
  }

  private static List<Scenario> onSockets(Depth depth) {
    return marked(depth, scenario -> depth == Depth.FULL || !Settings.slow(scenario));
  }

  private static List<Scenario> marked(Depth depth, Predicate<Scenario> condition) {
    Predicate<Scenario> meant =
        switch (depth) {
          case QUICK -> Scenario::quick;
          case STANDARD -> Scenario::gate;
          case FULL -> scenario -> true;
        };
    return ChaosScenarios.ALL.stream().filter(meant).filter(condition).toList();
  }

  private static LoadShape load(Depth depth) {
    return switch (depth) {
      case QUICK -> LoadShape.GLANCE;
      case STANDARD -> LoadShape.GATE;
      case FULL -> LoadShape.STEADY;
    };
  }

  /** Plays every stage that applies; one that breaks leaves the others to go on. */
  public static void play(Run run, Depth depth, @Nullable Baseline baseline) throws Exception {
    run.progress().planned(depth.aboutMs());
    play(run, phases(depth, run.subject().isReference()), depth == Depth.QUICK, baseline);
  }

  /**
   * Plays these phases.
   *
   * @param untilItFails leaves out the phases after one in which something failed
   */
  public static void play(
      Run run, List<Phase> phases, boolean untilItFails, @Nullable Baseline baseline)
      throws Exception {
    for (Phase phase : phases) {
      if (untilItFails && run.failing()) {
        run.progress().note("the rest is left out: --quick stops where something failed");
        return;
      }
      run.sideBySide(phase.lanes().stream().<Run.Work>map(lane -> r -> inTurn(r, lane)).toList());
    }
    if (baseline != null) {
      run.compare(baseline);
    }
  }

  private static void inTurn(Run run, List<GateStage> lane) throws Exception {
    for (GateStage stage : lane) {
      if (stage.appliesTo(run)) {
        run.during(stage.stage(), stage::run);
      } else {
        run.progress().note("no " + stage.stage() + ": it says nothing about this target");
      }
    }
  }
}
