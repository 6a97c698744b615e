package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Status;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stage of the run and its findings, worst first.
 *
 * @param findings those that are listed: in conformance only what wants attention
 * @param matrix of conformance; null for the other stages
 * @param timelines of chaos; the simulation tells the same stories
 */
public record Section(
    Stage stage,
    String summary,
    Status worst,
    List<FindingView> findings,
    @Nullable Matrix matrix,
    List<TimelineView> timelines) {

  static Section of(Stage stage, RunReport report, Thinning thinning) {
    List<Finding> findings = report.findings(stage);
    boolean conformance = stage == Stage.CONFORMANCE;
    List<Finding> listed =
        Status.byAttention(findings).stream()
            .filter(f -> !conformance || Status.of(f).wantsAttention())
            .limit(thinning.findings())
            .toList();
    List<FindingView> views = new ArrayList<>();
    listed.forEach(f -> views.add(FindingView.of(f, views.size(), thinning)));
    List<TimelineView> timelines =
        report.exhibits().timelines().stream()
            .filter(t -> t.stage() == stage && stage == Stage.CHAOS)
            .limit(thinning.timelines())
            .map(TimelineView::of)
            .toList();
    return new Section(
        stage,
        Status.summary(findings),
        findings.stream().map(Status::of).min(Enum::compareTo).orElse(Status.NOT_APPLICABLE),
        views,
        conformance && !findings.isEmpty() ? Matrix.of(findings, thinning) : null,
        timelines);
  }

  /** The word under which the style sheet knows the worst of it. */
  public String tone() {
    return FindingView.tone(worst);
  }
}
