package dev.holdfast.cli.check;

import dev.holdfast.cli.run.Run;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.KnownFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Failures that are expected for now. */
public final class KnownOptions {
  @Option(
      names = "--known-failing",
      paramLabel = "FILE",
      description =
          "Failures to expect: an address or glob a line, then # and the reason. One that"
              + " passes, or names nothing, fails the run (exit 3).")
  @Nullable Path failing;

  @Option(
      names = "--known-flaky",
      paramLabel = "FILE",
      description = "The same for failures that come and go.")
  @Nullable Path flaky;

  @Option(
      names = "--write-known-failing",
      paramLabel = "FILE",
      description = "Write what fails now to FILE and expect it from now on, in this run too.")
  @Nullable Path written;

  /**
   * The lists as one; what will be written replaces {@code --known-failing}.
   *
   * @throws dev.holdfast.report.result.KnownFailuresException if one cannot be used
   */
  public KnownFailures read() {
    KnownFailures known =
        failing == null || written != null ? KnownFailures.none() : KnownFailures.failing(failing);
    return flaky == null ? known : known.and(KnownFailures.flaky(flaky));
  }

  /** Writes the failures that are no flaky ones, where that was asked for, and expects them. */
  public void write(List<Finding> findings, Run run) throws IOException {
    write(findings, run, CaseOptions.addresses());
  }

  /** The same where other cases than those for servers were played. */
  public void write(List<Finding> findings, Run run, List<String> addresses) throws IOException {
    if (written == null) {
      return;
    }
    KnownFailures flakyOnes = read();
    List<Finding> others =
        flakyOnes.applyTo(findings, addresses).findings().stream()
            .filter(finding -> !finding.isKnown())
            .toList();
    List<String> lines = KnownFailures.linesFor(others);
    Files.writeString(written, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    run.progress().note("wrote " + lines.size() + " known failures to " + written);
    run.expect(KnownFailures.failing(written).and(flakyOnes), addresses);
  }
}
