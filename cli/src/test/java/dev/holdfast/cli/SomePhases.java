package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.cli.evidence.Baseline;
import dev.holdfast.cli.gate.Gate;
import dev.holdfast.cli.gate.GateStage;
import dev.holdfast.cli.run.ReportOptions;
import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.TargetOptions;
import dev.holdfast.cli.run.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A gate of a few stages only, from its arguments to its exit code. */
@Command(name = "gate")
final class SomePhases implements Callable<Integer> {
  private final Shell shell;
  private final List<Gate.Phase> phases;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin TargetOptions target = new TargetOptions();
  @Mixin ReportOptions report = new ReportOptions();

  @Option(names = "--baseline")
  @Nullable Path baseline;

  private SomePhases(Shell shell, List<Gate.Phase> phases) {
    this.shell = shell;
    this.phases = phases;
  }

  /** Plays one stage. */
  static Spoken of(GateStage stage, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of(),
            Terminal.NONE,
            Signals.NONE);
    SomePhases some = new SomePhases(shell, List.of(Gate.Phase.alone(stage)));
    int exitCode = new CommandLine(some).execute(args);
    return new Spoken(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  @Override
  public Integer call() {
    Baseline earlier = baseline == null ? null : Baseline.open(baseline);
    return Run.of(shell, spec, target, report, run -> Gate.play(run, phases, false, earlier));
  }
}
