package dev.holdfast.cli;

import dev.holdfast.cli.check.KnownOptions;
import dev.holdfast.cli.evidence.Baseline;
import dev.holdfast.cli.gate.Depth;
import dev.holdfast.cli.gate.Gate;
import dev.holdfast.cli.gate.GateAddresses;
import dev.holdfast.cli.run.ReportOptions;
import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.TargetOptions;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.result.KnownFailures;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs everything that says go or no-go, and gives one verdict. */
@Command(
    name = "gate",
    description =
        "Plays conformance cases beside virtual time and rollout, then chaos on real sockets, then"
            + " a short load alone; proves the audit log, and gives one verdict.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast gate                                    the reference server",
      "  ./holdfast gate ws://127.0.0.1:8001/ws/chat        your own",
      "  ./holdfast gate --quick                            within half a minute, for each commit",
      "  ./holdfast gate --config holdfast.yaml --out report",
      "  ./holdfast gate --baseline last-week               nothing slower than it was, beyond"
          + " noise",
      "  ./holdfast gate --json 2>/dev/null | tail -n 1     the verdict for a program"
    })
final class GateCommand implements Callable<Integer> {
  private final Shell shell;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin TargetOptions target = new TargetOptions();
  @Mixin KnownOptions known = new KnownOptions();
  @Mixin ReportOptions report = new ReportOptions();

  @ArgGroup(exclusive = true)
  Extent extent = new Extent();

  @Option(
      names = "--baseline",
      paramLabel = "BUNDLE",
      description =
          "The report directory of an earlier gate. The gate fails if the target is slower than it"
              + " was then, beyond what chance explains.")
  @Nullable Path baseline;

  /** How much is asked. */
  static final class Extent {
    @Option(
        names = "--quick",
        description = "Only what must hold, within half a minute on two cores.")
    boolean quick;

    @Option(
        names = "--full",
        description = "Every case and scenario, slow ones too, and a minute of load.")
    boolean full;

    Depth depth() {
      return quick ? Depth.QUICK : full ? Depth.FULL : Depth.STANDARD;
    }
  }

  private Baseline earlier(Path bundle) {
    Path out = report.out().toAbsolutePath().normalize();
    if (bundle.toAbsolutePath().normalize().startsWith(out)) {
      throw new UsageError(
          "--baseline " + bundle + " lies where this report goes; move it, or give --out another");
    }
    return Baseline.open(bundle);
  }

  GateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Depth depth = extent.depth();
    Baseline earlier = baseline == null ? null : earlier(baseline);
    KnownFailures expected = known.read();
    return Run.of(shell, spec, target, report, run -> play(run, depth, earlier, expected));
  }

  private void play(Run run, Depth depth, @Nullable Baseline earlier, KnownFailures expected)
      throws Exception {
    known.tell(run, expected, GateAddresses.all());
    Gate.play(run, depth, earlier);
    known.write(run, GateAddresses.all());
  }
}
