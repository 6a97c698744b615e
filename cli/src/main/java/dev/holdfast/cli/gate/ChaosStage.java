package dev.holdfast.cli.gate;

import dev.holdfast.cli.config.Config;
import dev.holdfast.cli.evidence.AuditEvidence;
import dev.holdfast.cli.run.Run;
import dev.holdfast.protocol.Profile;
import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.chaos.ChaosRun;
import dev.holdfast.scenarios.chaos.ServerProcess;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Plays scenarios on real sockets, with a fault engine between people and subject. */
public final class ChaosStage implements GateStage {
  private final List<Scenario> scenarios;
  private final EngineChoice choice;

  private final int repeat;

  public ChaosStage(List<Scenario> scenarios, EngineChoice choice) {
    this(scenarios, choice, 1);
  }

  /** The same, each scenario played so often. */
  public ChaosStage(List<Scenario> scenarios, EngineChoice choice, int repeat) {
    this.scenarios = List.copyOf(scenarios);
    this.choice = choice;
    this.repeat = repeat;
  }

  @Override
  public Stage stage() {
    return Stage.CHAOS;
  }

  @Override
  public void run(Run run) throws Exception {
    if (!run.subject().isReference()) {
      play(run, run.subject().target());
      return;
    }
    Path folder = Files.createTempDirectory("holdfast-chaos");
    ServerOptions options =
        ServerOptions.builder()
            .store(folder.resolve("sessions.db"))
            .auditDirectory(run.evidencePath(AuditEvidence.CHAOS))
            .build();
    try (ReferenceServer server = ReferenceServer.start(options)) {
      run.writes(server);
      Target there =
          run.subject().target().at(URI.create(server.wsUrl()), URI.create(server.httpUrl()));
      play(run, there.keeping(run.evidencePath(AuditEvidence.CHAOS)));
    } finally {
      ServerProcess.delete(folder);
    }
  }

  private void play(Run run, Target target) throws Exception {
    try (FaultEngine engine = choice.start(run.seed())) {
      for (Profile profile : run.subject().profiles()) {
        List<Scenario> meant = meant(run, profile);
        chaos(run, engine, target.speaking(profile))
            .play(meant, new Histories(run, profile, scenarios)::take);
      }
    }
  }

  /**
   * What is played in a profile: of a target that speaks one profile alone all that was asked for,
   * for what does not apply to it says so.
   */
  private List<Scenario> meant(Run run, Profile profile) {
    boolean alone = run.subject().profiles().size() == 1;
    return scenarios.stream().filter(s -> alone || s.appliesTo(profile)).toList();
  }

  private ChaosRun chaos(Run run, FaultEngine engine, Target target) {
    ChaosRun chaos =
        new ChaosRun(target, engine, run.progress(), run.again("chaos"), run.seed())
            .reading(run.config().more().auditMapping())
            .repeating(repeat);
    Config.More how = run.config().more();
    if (run.subject().isReference()) {
      return chaos.startingOwn(s -> ServerProcess.start(ReferenceProcess.words(s)));
    }
    return !how.start().isEmpty() && how.startsOnAnyPort()
        ? chaos.startingTheirs(
            s -> ServerProcess.start(how.start(), how.env(), how.folder(), target.url()))
        : chaos;
  }
}
