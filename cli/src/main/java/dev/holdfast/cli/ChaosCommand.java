package dev.holdfast.cli;

import dev.holdfast.cli.chaos.ScenarioChoice;
import dev.holdfast.cli.chaos.ScenarioTable;
import dev.holdfast.cli.check.KnownOptions;
import dev.holdfast.cli.gate.ChaosStage;
import dev.holdfast.cli.gate.EngineChoice;
import dev.holdfast.cli.run.ReportOptions;
import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.TargetOptions;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.result.KnownFailures;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.model.Scenario;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays scenarios against a server while the network misbehaves. */
@Command(
    name = "chaos",
    description =
        "Lets people talk to a server while the network between misbehaves, and judges what"
            + " they saw.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast chaos --list",
      "  ./holdfast chaos ws://127.0.0.1:8001/ws/chat",
      "  ./holdfast chaos ws://127.0.0.1:8001/ws/chat --scenario cut-mid-run",
      "  ./holdfast chaos --scenario mine.yaml --engine external",
      "  ./holdfast chaos --engine external=http://127.0.0.1:8474",
      "  ./holdfast chaos --scenario herd-of-300 --repeat 5   figures with intervals",
      "  ./holdfast chaos --engine container"
    })
final class ChaosCommand implements Callable<Integer> {
  private final Shell shell;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin TargetOptions target = new TargetOptions();
  @Mixin KnownOptions known = new KnownOptions();
  @Mixin ReportOptions report = new ReportOptions();

  @Option(
      names = "--scenario",
      paramLabel = "NAME|FILE",
      description = "Only this scenario, one of --list or a YAML file; may be given again.")
  List<String> wanted = List.of();

  @Option(
      names = "--engine",
      paramLabel = EngineChoice.FORMS,
      converter = EngineChoice.Reader.class,
      description =
          "Whose proxy makes the faults: Holdfast's own; a Toxiproxy that runs at a URL, or that is"
              + " started from a path or as toxiproxy-server from the PATH; or one in a container."
              + " Default: embedded")
  EngineChoice engine = new EngineChoice.Embedded();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description =
          "Play each scenario so often and give its figures with 95 %% intervals."
              + " Default: ${DEFAULT-VALUE}")
  int repeat = 1;

  @Option(names = "--list", description = "Say which scenarios there are, and play none.")
  boolean list;

  ChaosCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<Scenario> chosen = ScenarioChoice.of(wanted);
    if (list) {
      ScenarioTable.print(wanted.isEmpty() ? ScenarioChoice.all() : chosen, report.output(), shell);
      return 0;
    }
    if (repeat < 1) {
      throw new UsageError("--repeat must be at least 1, not " + repeat);
    }
    engine.refuseUnlessThere();
    KnownFailures expected = known.read();
    return Run.of(shell, spec, target, report, run -> play(run, chosen, expected));
  }

  private void play(Run run, List<Scenario> chosen, KnownFailures expected) throws Exception {
    List<String> addresses = ScenarioChoice.names(chosen);
    known.tell(run, expected, addresses);
    if (wanted.isEmpty()) {
      ScenarioChoice.leftOut()
          .forEach(slow -> run.progress().note("left out, for it takes long: --scenario " + slow));
    }
    run.during(Stage.CHAOS, new ChaosStage(chosen, engine, repeat)::run);
    known.write(run, addresses);
  }
}
