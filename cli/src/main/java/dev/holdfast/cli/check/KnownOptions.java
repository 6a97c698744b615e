package dev.holdfast.cli.check;

import dev.holdfast.cli.run.Run;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.KnownFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which findings fail a run: failures that are expected for now do not, warnings may. */
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

  @Option(
      names = "--strict",
      description =
          "A warning fails the run too (exit 1): what is only recommended (SHOULD) has to hold.")
  boolean strict;

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

  /** Says it to a run before anything is found: which addresses exist, and what is expected. */
  public void tell(Run run, KnownFailures known, Collection<String> addresses) {
    run.expect(known, addresses);
    if (strict) {
      run.strict();
    }
  }

  /** Writes the failures that are no flaky ones, where that was asked for, and expects them. */
  public void write(Run run, Collection<String> addresses) throws IOException {
    if (written == null) {
      return;
    }
    KnownFailures flakyOnes = read();
    List<Finding> others =
        flakyOnes.applyTo(run.findings(), addresses).findings().stream()
            .filter(finding -> !finding.isKnown())
            .toList();
    List<String> lines = KnownFailures.linesFor(others, strict);
    Files.writeString(written, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    run.progress().note("wrote " + lines.size() + " known failures to " + written);
    run.expect(KnownFailures.failing(written).and(flakyOnes), addresses);
  }
}
