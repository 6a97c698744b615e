package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.Run;
import dev.holdfast.protocol.Profile;
import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.chaos.ChaosRun;
import dev.holdfast.scenarios.chaos.ServerProcess;
import dev.holdfast.scenarios.model.Scenario;
import java.util.List;

/** Plays scenarios on real sockets, with a fault engine between people and subject. */
public final class ChaosStage implements GateStage {
  private final List<Scenario> scenarios;
  private final EngineChoice choice;

  public ChaosStage(List<Scenario> scenarios, EngineChoice choice) {
    this.scenarios = List.copyOf(scenarios);
    this.choice = choice;
  }

  @Override
  public Stage stage() {
    return Stage.CHAOS;
  }

  @Override
  public void run(Run run) throws Exception {
    try (FaultEngine engine = choice.start(run.seed())) {
      for (Profile profile : run.subject().profiles()) {
        List<Scenario> meant = scenarios.stream().filter(s -> s.appliesTo(profile)).toList();
        chaos(run, engine, profile).play(meant, new Histories(run, profile, scenarios)::take);
      }
    }
  }

  private static ChaosRun chaos(Run run, FaultEngine engine, Profile profile) {
    ChaosRun chaos =
        new ChaosRun(
            run.subject().target().speaking(profile),
            engine,
            run.progress(),
            run.again("./holdfast chaos"),
            run.seed());
    return run.subject().isReference()
        ? chaos.startingOwn(() -> ServerProcess.start(ReferenceProcess.words()))
        : chaos;
  }
}
