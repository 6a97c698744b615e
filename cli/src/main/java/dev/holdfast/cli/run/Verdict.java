package dev.holdfast.cli.run;

import dev.holdfast.cli.evidence.AuditEvidence;
import dev.holdfast.report.ReportDirectory;
import dev.holdfast.report.ReportWriteException;
import dev.holdfast.report.bundle.Seal;
import dev.holdfast.report.format.Ansi;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.format.Redaction;
import dev.holdfast.report.format.TableFormat;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.RunReportBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The end of a run: the report is written, the table printed, and last the verdict. */
final class Verdict {
  private final Shell shell;
  private final TableOptions options;
  private final ReportDirectory directory;
  private final RunReportBuilder report;
  private final Progress progress;
  private final Redaction redaction;
  private @Nullable Integer exitCode;

  Verdict(
      Shell shell,
      TableOptions options,
      ReportDirectory directory,
      RunReportBuilder report,
      Progress progress,
      Redaction redaction) {
    this.redaction = redaction;
    this.shell = shell;
    this.options = options;
    this.directory = directory;
    this.report = report;
    this.progress = progress;
  }

  /** Says it, the first time; gives the exit code each time. */
  synchronized int pronounce() {
    if (exitCode == null) {
      RunReport finished = write();
      progress.close();
      print(finished);
      progress.judged(finished.outcome());
      exitCode = finished.outcome().exitCode();
    }
    return exitCode;
  }

  private RunReport write() {
    try {
      RunReport finished = finished();
      directory.write(finished, AuditEvidence.heads(directory.path()));
      return finished;
    } catch (ReportWriteException e) {
      report.problem(ExitCode.INTERNAL, String.valueOf(e.getMessage()));
      return redaction.of(report.build(Instant.now()), RunReport.class);
    }
  }

  private RunReport finished() {
    RunReport whole = report.build(Instant.now());
    if (redaction.secrets().isEmpty()) {
      return whole;
    }
    redaction.sweep(directory.path().resolve("evidence"));
    try {
      return JsonFormat.illustrated(redaction.of(whole, RunReport.class), directory.path());
    } catch (IOException e) {
      throw ReportWriteException.at(directory.path(), e);
    }
  }

  private void print(RunReport finished) {
    PrintStream people = options.json ? shell.err() : shell.out();
    boolean ran = !finished.findings().isEmpty() || !finished.loads().isEmpty();
    if (!options.quiet && ran) {
      if (finished.outcome().exitCode() != 0) {
        // Who reads only the beginning of a log should know too.
        people.println(finished.outcome().line());
      }
      people.println(table(finished));
      Path page = directory.path().resolve("index.html");
      people.println("Report: " + page);
      seal(people);
    }
    people.println(finished.outcome().line());
    people.flush();
  }

  /** Kept elsewhere, in a CI log, it tells this bundle from a forged one. */
  private void seal(PrintStream people) {
    try {
      people.println("Seal:   " + Seal.of(directory.path()));
    } catch (IOException e) {
      // That it could not be written is the verdict's reason already.
    }
  }

  private String table(RunReport finished) {
    StringWriter table = new StringWriter();
    try {
      Ansi ansi = options.json ? shell.ansiErr() : shell.ansiOut();
      new TableFormat(ansi, options.verbose).write(finished, table);
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes all that is written", e);
    }
    return table.toString();
  }
}
