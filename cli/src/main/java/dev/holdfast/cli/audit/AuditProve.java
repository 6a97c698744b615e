package dev.holdfast.cli.audit;

import dev.holdfast.cli.evidence.AuditEvidence;
import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.AuditSummary;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.audit.AuditMapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds an audit log, anybody's, against what the clients of a chaos run saw. */
@Command(
    name = "prove",
    description =
        "Looks for each event that clients saw in an audit log, and for a cause of each entry about"
            + " them. The histories are those of a gate or of chaos against that server. A mapped log"
            + " may have other lines: they are skipped and counted.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast audit prove audit/ --history holdfast-report",
      "  ./holdfast audit prove app.log --history holdfast-report --mapping audit-mapping.yaml",
      "",
      "Exit codes: 0 proven, 1 not, 2 no client was watched, 64 nothing to read."
    })
public final class AuditProve implements Callable<Integer> {
  private final Shell shell;

  @Mixin OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "LOG", description = "A file of JSON Lines, or a folder of them.")
  Path log = Path.of("audit");

  @Option(
      names = "--history",
      paramLabel = "BUNDLE",
      required = true,
      description = "The report directory with the histories.")
  Path bundle = Path.of("holdfast-report");

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "What the log calls what the protocol calls otherwise; see contracts.md.")
  @Nullable Path mapping;

  public AuditProve(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    AuditEvidence.Found found = found();
    for (Finding finding : found.findings()) {
      if (output.json()) {
        shell.out().println(JsonFormat.MAPPER.valueToTree(finding).toString());
      } else if (!output.quiet()) {
        String seen = finding.seen() == null ? String.valueOf(finding.expected()) : finding.seen();
        shell
            .out()
            .printf(
                Locale.ROOT,
                "  %-12s %s: %s%n",
                finding.verdict().label(),
                finding.address(),
                seen);
      }
    }
    ExitCode exit = exit(found);
    (output.json() ? shell.err() : shell.out()).println(line(found.summary(), exit));
    return exit.code();
  }

  private AuditEvidence.Found found() {
    try {
      AuditMapping words = mapping == null ? AuditMapping.STANDARD : AuditMapping.read(mapping);
      return AuditEvidence.prove(
          log, words, AuditEvidence.histories(bundle.resolve("evidence/chaos")));
    } catch (IOException e) {
      throw new UsageError("cannot read " + e.getMessage() + "; name a log and a report directory");
    }
  }

  private static ExitCode exit(AuditEvidence.Found found) {
    if (found.findings().stream().anyMatch(Finding::fails)) {
      return ExitCode.NONCONFORMANCE;
    }
    boolean open = found.findings().stream().anyMatch(f -> f.verdict() == Verdict.INCONCLUSIVE);
    return open ? ExitCode.INCONCLUSIVE : ExitCode.PASS;
  }

  private static String line(AuditSummary s, ExitCode exit) {
    String word =
        switch (exit) {
          case PASS -> "PASS";
          case INCONCLUSIVE -> "INCONCLUSIVE";
          default -> "FAIL";
        };
    return String.format(
        Locale.ROOT,
        "holdfast: %s %d of %d events on record once, %d of %d entries with a cause",
        word,
        s.recorded(),
        s.observed(),
        s.explained(),
        s.caused());
  }
}
