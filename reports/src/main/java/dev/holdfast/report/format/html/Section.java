package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Status;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import java.util.List;

/** One stage of the run and its findings, worst first. */
public record Section(Stage stage, String summary, List<FindingView> findings) {

  static Section of(Stage stage, List<Finding> findings) {
    List<FindingView> views = Status.byAttention(findings).stream().map(FindingView::of).toList();
    return new Section(stage, Status.summary(findings), views);
  }
}
