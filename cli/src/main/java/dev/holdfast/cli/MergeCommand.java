package dev.holdfast.cli;

import dev.holdfast.cli.config.Config;
import dev.holdfast.cli.config.HoldfastYaml;
import dev.holdfast.cli.gate.LoadReport;
import dev.holdfast.cli.run.ReportOptions;
import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.load.LoadMerge;
import dev.holdfast.load.LoadOutcome;
import dev.holdfast.load.MergeException;
import dev.holdfast.report.budget.Budgets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one report of what the injectors of a load left behind. */
@Command(
    name = "merge",
    description =
        "Makes one report of the parts of a load that several machines carried: counts add up,"
            + " histograms are added bucket by bucket.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast merge part-0 part-1 part-2 --out whole",
      "  ./holdfast merge part-* --config holdfast.yaml --out whole     judged by its budgets"
    })
final class MergeCommand implements Callable<Integer> {
  private final Shell shell;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin ReportOptions report = new ReportOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "The report directory of each part, or the folder of its load")
  List<Path> parts = List.of();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The budgets that the whole is held to (YAML)")
  @Nullable Path config;

  MergeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Path out = report.out();
    if (parts.stream().anyMatch(p -> same(p, out))) {
      throw new UsageError(out + " is one of the parts; give --out another directory");
    }
    try {
      LoadMerge merge = LoadMerge.read(parts);
      return Run.ofFiles(shell, spec, declared(merge), report, run -> hand(run, merge));
    } catch (MergeException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private static boolean same(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }

  private Config declared(LoadMerge merge) {
    Config read = config == null ? Config.NONE : HoldfastYaml.read(config);
    return read.at(merge.target());
  }

  /** The parts come along: the report is to be verified where they are not. */
  private static void hand(Run run, LoadMerge merge) throws IOException {
    LoadOutcome outcome = merge.into(run.evidencePath("load"));
    LoadReport.hand(run, outcome, Budgets.of(run.config().budgets()), List.of());
  }
}
