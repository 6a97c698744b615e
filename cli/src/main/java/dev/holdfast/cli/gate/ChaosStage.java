package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.Run;
import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.chaos.ChaosRun;
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
    Histories histories = new Histories(run);
    try (FaultEngine engine = choice.start(run.seed())) {
      new ChaosRun(
              run.subject().target(),
              engine,
              run.progress(),
              run.again("./holdfast chaos"),
              run.seed())
          .play(scenarios, histories::take);
    }
  }
}
