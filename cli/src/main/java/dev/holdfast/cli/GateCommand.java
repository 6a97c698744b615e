package dev.holdfast.cli;

import dev.holdfast.cli.gate.Gate;
import dev.holdfast.cli.gate.GateStage;
import dev.holdfast.cli.run.ReportOptions;
import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.TargetOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs everything that says go or no-go, and gives one verdict. */
@Command(
    name = "gate",
    description =
        "Plays conformance cases, chaos on real sockets, the same chaos in virtual time and"
            + " a short load, and gives one verdict.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast gate                                    the reference server",
      "  ./holdfast gate ws://127.0.0.1:8001/ws/chat        your own",
      "  ./holdfast gate --config holdfast.yaml --out report",
      "  ./holdfast gate --json 2>/dev/null | tail -n 1     the verdict for a program"
    })
final class GateCommand implements Callable<Integer> {
  private final Shell shell;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin TargetOptions target = new TargetOptions();
  @Mixin ReportOptions report = new ReportOptions();

  GateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<GateStage> stages = Gate.stages();
    return Run.of(shell, spec, target, report, run -> Gate.play(run, stages));
  }
}
