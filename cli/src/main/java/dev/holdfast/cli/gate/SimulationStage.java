package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.Run;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.format.Launcher;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.chaos.Played;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.world.WorldRun;
import java.util.List;

/**
 * Plays the same scenarios in virtual time, where half a minute without a network takes no time.
 * Both halves are the reference's cores there, so it says nothing about anybody else's server.
 */
public final class SimulationStage implements GateStage {
  private final List<Scenario> scenarios;

  public SimulationStage(List<Scenario> scenarios) {
    this.scenarios = List.copyOf(scenarios);
  }

  @Override
  public Stage stage() {
    return Stage.SIMULATION;
  }

  @Override
  public boolean appliesTo(Run run) {
    return run.subject().isReference();
  }

  @Override
  public void run(Run run) throws InterruptedException {
    int total = 0;
    for (Profile profile : Profile.values()) {
      total += (int) scenarios.stream().filter(s -> s.appliesTo(profile)).count();
    }
    run.progress().stageStarted(Stage.SIMULATION, total);
    for (Profile profile : Profile.values()) {
      play(run, profile, scenarios.stream().filter(s -> s.appliesTo(profile)).toList());
    }
    run.progress().stageEnded(Stage.SIMULATION);
  }

  private static void play(Run run, Profile profile, List<Scenario> scenarios)
      throws InterruptedException {
    WorldRun world = WorldRun.reference(profile);
    Histories histories = new Histories(run, profile, scenarios);
    for (Scenario scenario : scenarios) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      run.progress().running(Stage.SIMULATION, scenario.name());
      Played played = world.play(scenario, run.seed(), Launcher.with("gate --seed " + run.seed()));
      histories.take(played);
      run.progress().finished(played.finding());
    }
  }
}
