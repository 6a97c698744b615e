package dev.holdfast.cli;

import dev.holdfast.cli.check.CaseOptions;
import dev.holdfast.cli.check.CaseTable;
import dev.holdfast.cli.check.KnownOptions;
import dev.holdfast.cli.config.Config;
import dev.holdfast.cli.gate.ConformanceStage;
import dev.holdfast.cli.run.ReportOptions;
import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.TargetOptions;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.KnownFailures;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.conformance.Case;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays conformance cases against a server. */
@Command(
    name = "server",
    description = "Plays conformance cases against a server and says which clauses it keeps.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast check server --list",
      "  ./holdfast check server ws://127.0.0.1:8001/ws/chat",
      "  ./holdfast check server ws://127.0.0.1:8001/ws/chat --case 'heartbeat/*' --repeat 5",
      "  ./holdfast check server --config holdfast.yaml --profile resume --case 'resume/**'",
      "  ./holdfast check server ws://127.0.0.1:8001/ws/chat --known-failing known.txt"
    })
final class CheckServerCommand implements Callable<Integer> {
  private final Shell shell;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin TargetOptions target = new TargetOptions();
  @Mixin CaseOptions cases = new CaseOptions();
  @Mixin KnownOptions known = new KnownOptions();
  @Mixin ReportOptions report = new ReportOptions();

  @Option(names = "--list", description = "Say which cases there are, and play none.")
  boolean list;

  CheckServerCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<Case> chosen = cases.chosen(spoken());
    if (list) {
      CaseTable.print(chosen, report.output(), shell);
      return 0;
    }
    ConformanceStage stage = new ConformanceStage(chosen, cases.repeat(), cases.pace());
    KnownFailures expected = known.read();
    return Run.of(shell, spec, target, report, run -> play(run, stage, expected));
  }

  /** What is known of the target without a word on the command line. */
  private Profile spoken() {
    Config declared = target.declared();
    return declared.url() == null ? Profile.RESUME : declared.more().profile();
  }

  private void play(Run run, ConformanceStage stage, KnownFailures expected) throws Exception {
    known.tell(run, expected, CaseOptions.addresses());
    run.during(Stage.CONFORMANCE, stage::run);
    known.write(run, CaseOptions.addresses());
  }
}
