package dev.holdfast.cli;

import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.TableOptions;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.format.Format;
import dev.holdfast.report.format.Formats;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.format.ReportReadException;
import dev.holdfast.report.format.TableFormat;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Problem;
import dev.holdfast.report.result.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a bundle's pages anew, elsewhere: the bundle stays as it was sealed. */
@Command(
    name = "report",
    description =
        "Prints a report directory's table again, and with --out draws its pages with this version"
            + " of Holdfast. The bundle itself is not touched.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast report holdfast-report",
      "  ./holdfast report holdfast-report --out drawn-again      index.html, junit.xml, badge.svg,"
          + " …"
    })
final class ReportCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin TableOptions output = new TableOptions();

  @Parameters(paramLabel = "BUNDLE", description = "A report directory.")
  Path bundle = Path.of("holdfast-report");

  @Option(names = "--out", paramLabel = "DIR", description = "Where to draw the pages.")
  @Nullable Path out;

  ReportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    RunReport report = read();
    if (out != null) {
      draw(report, out);
    }
    if (output.json()) {
      shell.out().println(JsonFormat.MAPPER.writeValueAsString(JsonFormat.tree(report)));
    } else {
      if (!output.quiet()) {
        PrintWriter table = new PrintWriter(shell.out(), true, shell.out().charset());
        new TableFormat(shell.ansiOut(), output.verbose()).write(report, table);
        table.println();
        table.flush();
      }
      shell.out().println(report.outcome().line());
    }
    return ExitCode.PASS.code();
  }

  private RunReport read() {
    try {
      return JsonFormat.read(bundle.resolve("report.json"));
    } catch (ReportReadException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private void draw(RunReport report, Path folder) {
    if (folder.toAbsolutePath().normalize().equals(bundle.toAbsolutePath().normalize())) {
      throw new UsageError(folder + " is the bundle itself, which is sealed; give --out another");
    }
    try {
      Files.createDirectories(folder);
      for (Format format : Formats.FILES) {
        try (Writer page = Files.newBufferedWriter(folder.resolve(format.fileName()))) {
          format.write(report, page);
        }
      }
      shell.err().println("Drawn: " + folder.resolve("index.html"));
    } catch (IOException e) {
      throw new UsageError("cannot write " + folder + ": " + Problem.describe(e));
    }
  }
}
