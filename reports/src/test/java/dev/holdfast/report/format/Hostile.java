package dev.holdfast.report.format;

import dev.holdfast.report.Sample;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Direction;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.KnownFailures;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.TraceLine;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;

/** A report whose every text tries to break out of its format. */
final class Hostile {
  static final String TEXT =
      "<img src=x onerror=alert(1)>\"'`|${7*7}]]>&amp;--></style></script>\u0000\u001b[2J"
          + "\u202egnp.exe\ud800\uffff\r\n```\n# heading [a](javascript:alert(1))";

  private Hostile() {}

  static RunReport report() {
    Finding finding =
        Finding.about(Stage.CHAOS, TEXT, TEXT)
            .clause(TEXT)
            .profile(TEXT)
            .expected(TEXT)
            .likelyCause(TEXT)
            .rerun(TEXT)
            .trace(List.of(new TraceLine(1, TEXT, Direction.RECEIVED, TEXT)))
            .checks(List.of(new CheckResult(TEXT, Verdict.FAIL, TEXT)))
            .violated(TEXT);
    LoadResult load =
        new LoadResult(
            TEXT,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            List.of(new Percentiles(TEXT, 1, 1, 1, 1, 1, 1, 1)),
            Sample.load(0).series());
    return RunReport.begin(TEXT, TEXT, Instant.EPOCH)
        .holdfastVersion(TEXT)
        .environment(TEXT, TEXT)
        .add(finding)
        .add(finding.knownBecause(TEXT))
        .add(load)
        .problem(ExitCode.INTERNAL, TEXT)
        .cutShort(ExitCode.INTERRUPTED, TEXT)
        .known(KnownFailures.none(), List.of())
        .build(Instant.EPOCH.plusSeconds(1));
  }

  static String written(Format format, RunReport report) throws IOException {
    StringWriter out = new StringWriter();
    format.write(report, out);
    return out.toString();
  }
}
