package dev.holdfast.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.server.audit.AuditVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the entries of an audit log that fit. */
@Command(
    name = "query",
    description =
        "Prints the entries of an audit log that fit all conditions, oldest first; with --json as"
            + " they stand in the log. It does not verify: audit verify does.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast audit query audit/ --session s-1",
      "  ./holdfast audit query audit/ --event run_ended --result failed --json",
      "  ./holdfast audit query audit/ --run r0a1b --since 2026-01-31T12:00:00Z"
    })
public final class AuditQuery implements Callable<Integer> {
  private final Shell shell;

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin AuditFilter filter = new AuditFilter();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or folders of them.")
  List<Path> files = List.of();

  @Option(names = "--limit", paramLabel = "N", description = "Print no more than this many.")
  long limit = Long.MAX_VALUE;

  private long found;

  public AuditQuery(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    filter.refuseUnknownEvents();
    LogFiles.refuseMissing(files);
    try {
      for (Path file : AuditVerifier.inOrder(files)) {
        read(file);
      }
    } catch (IOException e) {
      throw new UsageError(files + ": cannot be read; give files of an audit log");
    }
    if (!output.quiet()) {
      shell.err().println(found + (found == 1 ? " entry" : " entries"));
    }
    return ExitCode.PASS.code();
  }

  private void read(Path file) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (found < limit) {
          show(file, number, line);
        }
      }
    }
  }

  private void show(Path file, long number, String line) {
    JsonNode entry;
    try {
      entry = JsonFormat.MAPPER.readTree(line);
      if (!filter.fits(entry)) {
        return;
      }
    } catch (IOException | RuntimeException e) {
      shell.err().println(file + ":" + number + ": no audit entry, skipped");
      return;
    }
    found++;
    shell.out().println(output.json() ? line : AuditLine.of(entry));
  }
}
