package dev.holdfast.cli;

import dev.holdfast.cli.evidence.Recomputation;
import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.load.MergeException;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.format.ReportReadException;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.OneLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Comes to a bundle's verdict again from its evidence. */
@Command(
    name = "verify",
    description =
        "Hashes every file of a report directory, judges its histories again, adds up its load,"
            + " follows its audit chain to the head, and draws its pages. The verdict stands only"
            + " if all of that gives the same. It lists what it cannot recompute, such as a"
            + " conformance case without its server: only the seal protects that.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast verify holdfast-report",
      "  ./holdfast verify holdfast-report --seal 5d1f…      the seal that the run printed",
      "",
      "Exit codes: 0 the verdict stands, 1 something differs, 64 no bundle."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int LONGEST = 400;

  private final Shell shell;

  @Mixin OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "BUNDLE", description = "A report directory.")
  Path bundle = Path.of("holdfast-report");

  @Option(
      names = "--seal",
      paramLabel = "SHA256",
      description = "The seal that the run printed; without it a bundle forged as a whole passes.")
  @Nullable String seal;

  VerifyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Recomputation.Result result = result();
    if (output.json()) {
      var event = JsonFormat.MAPPER.createObjectNode().put("event", "verified");
      event.put("sound", result.sound());
      event.set("done", JsonFormat.MAPPER.valueToTree(result.done()));
      event.set("left", JsonFormat.MAPPER.valueToTree(result.left()));
      event.set("differs", JsonFormat.MAPPER.valueToTree(result.differs()));
      shell.out().println(event);
    } else if (!output.quiet()) {
      result.done().forEach(line -> shell.out().println("  " + line));
      result.left().forEach(line -> shell.out().println("  – not recomputed: " + line));
      result.differs().forEach(line -> shell.out().println("  ✕ " + OneLine.of(line, LONGEST)));
    }
    (output.json() ? shell.err() : shell.out()).println(line(result));
    return (result.sound() ? ExitCode.PASS : ExitCode.NONCONFORMANCE).code();
  }

  private Recomputation.Result result() {
    try {
      return Recomputation.of(bundle, seal);
    } catch (ReportReadException | MergeException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    } catch (IOException | IllegalArgumentException e) {
      return new Recomputation.Result(
          JsonFormat.read(bundle.resolve("report.json")),
          List.of(),
          List.of(),
          List.of("the evidence cannot be read: " + e.getMessage()));
    }
  }

  private static String line(Recomputation.Result result) {
    String was = result.report().outcome().line().replaceFirst("^holdfast: ", "");
    String partial = result.report().isPartial() ? "of a partial run: " : "";
    return OneLine.of(
        result.sound()
            ? "holdfast: PASS the verdict stands: " + partial + was
            : "holdfast: FAIL " + result.differs().getFirst(),
        LONGEST);
  }
}
