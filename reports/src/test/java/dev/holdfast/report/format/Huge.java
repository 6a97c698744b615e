package dev.holdfast.report.format;

import dev.holdfast.report.Sample;
import dev.holdfast.report.result.Account;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Direction;
import dev.holdfast.report.result.Exhibits;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Picture;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.RunReportBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Timeline;
import dev.holdfast.report.result.TraceLine;
import dev.holdfast.report.result.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A report with far more in it than a page can hold. */
final class Huge {
  private static final int FINDINGS = 1_500;

  private Huge() {}

  static RunReport report() {
    List<TraceLine> trace =
        Collections.nCopies(
            400, new TraceLine(7, "ana#1", Direction.RECEIVED, "frame ".repeat(400)));
    Picture picture =
        new Picture("a picture", "p.svg", "<svg>" + "<g></g>".repeat(30_000) + "</svg>");
    RunReportBuilder report = Sample.begin("x");
    List<Timeline> timelines = new ArrayList<>();
    for (int i = 0; i < FINDINGS; i++) {
      String name = "scenario-" + i;
      report.add(
          Finding.about(Stage.CHAOS, name, name + " holds whatever happens.")
              .checks(List.of(new CheckResult("no_loss", Verdict.FAIL, "lost ".repeat(2_000))))
              .trace(trace)
              .violated(name + " did not hold")
              .with(new Account(null, List.of(), List.of(picture))));
      report.add(
          Finding.about(Stage.CONFORMANCE, "section/case-" + i, "A case holds.")
              .trace(trace)
              .violated("it did not"));
      timelines.add(timeline(name));
    }
    return report
        .exhibit(new Exhibits(List.of(), List.of(), timelines, List.of(), List.of()))
        .build(Instant.EPOCH);
  }

  private static Timeline timeline(String name) {
    Timeline.Span span = new Timeline.Span("answered", 10, 20);
    List<Timeline.Lane> people = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      people.add(new Timeline.Lane("person-" + i, List.of(), Collections.nCopies(120, span), 0));
    }
    return new Timeline(Stage.CHAOS, name, "core", 1_000, List.of(), people);
  }
}
