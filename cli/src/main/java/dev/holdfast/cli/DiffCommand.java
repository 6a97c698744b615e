package dev.holdfast.cli;

import dev.holdfast.cli.evidence.Difference;
import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.format.ReportReadException;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what changed from one bundle to another. */
@Command(
    name = "diff",
    description =
        "Says what changed from one report directory to another: verdicts, budgets, figures under"
            + " load, versions and machine.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast diff last-week holdfast-report",
      "",
      "Exit codes: 0 nothing got worse, 1 some verdict got worse, 64 no bundle."
    })
final class DiffCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin OutputOptions output = new OutputOptions();

  @Parameters(index = "0", paramLabel = "A", description = "The earlier report directory.")
  Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "The later one.")
  Path after = Path.of("");

  DiffCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<Difference> all = Difference.between(read(before), read(after));
    boolean worse = all.stream().anyMatch(Difference::worse);
    if (output.json()) {
      all.forEach(d -> shell.out().println(JsonFormat.MAPPER.valueToTree(d).toString()));
    } else if (!output.quiet()) {
      all.forEach(d ->
          shell
              .out()
              .printf(
                  Locale.ROOT,
                  "%s %-11s %-48s %s → %s%n",
                  sign(d),
                  d.kind(),
                  d.name(),
                  d.a(),
                  d.b()));
    }
    String counted = all.size() + (all.size() == 1 ? " difference" : " differences");
    (output.json() ? shell.err() : shell.out())
        .println(
            "holdfast: "
                + (worse ? "FAIL worse than before: " : "PASS nothing got worse: ")
                + counted);
    return (worse ? ExitCode.NONCONFORMANCE : ExitCode.PASS).code();
  }

  private static String sign(Difference d) {
    return d.worse() ? "✕" : "·";
  }

  private static RunReport read(Path bundle) {
    try {
      return JsonFormat.read(bundle.resolve("report.json"));
    } catch (ReportReadException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }
}
