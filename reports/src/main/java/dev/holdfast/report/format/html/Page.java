package dev.holdfast.report.format.html;

import dev.holdfast.report.format.NextStep;
import dev.holdfast.report.format.NextSteps;
import dev.holdfast.report.format.Status;
import dev.holdfast.report.format.Visible;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The whole page.
 *
 * @param thinned what was left out to keep it small; empty when nothing was
 */
public record Page(
    RunReport report,
    List<Share> shares,
    List<NextStep> steps,
    List<Section> sections,
    List<LoadView> loads,
    List<BudgetView> budgets,
    List<RangeView> rollout,
    List<RangeView> cohort,
    List<RangeView> baseline,
    String thinned) {

  /** How many findings are shown as one status. */
  public record Share(Status status, long count) {}

  /** A report's page, and how much of it is shown. */
  public static Page of(RunReport report, Thinning thinning) {
    List<Share> shares =
        Arrays.stream(Status.values())
            .map(s -> new Share(s, s.countIn(report.findings())))
            .filter(s -> s.count() > 0)
            .toList();
    List<Section> sections =
        Arrays.stream(Stage.values())
            .filter(stage -> !report.findings(stage).isEmpty())
            .map(stage -> Section.of(stage, report, thinning))
            .toList();
    return new Page(
        report,
        shares,
        NextSteps.of(report),
        sections,
        report.loads().stream().map(LoadView::of).toList(),
        report.budgets().stream().map(BudgetView::of).toList(),
        report.exhibits().rollout().stream().map(RangeView::of).toList(),
        report.exhibits().cohort().stream().map(RangeView::of).toList(),
        report.exhibits().baseline().stream().map(RangeView::of).toList(),
        thinning.said());
  }

  /** The word under which the style sheet knows the verdict on the whole. */
  public String tone() {
    return Status.of(report.outcome().verdict()).name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The word in the headline. */
  public String verdict() {
    return report.outcome().verdict().label();
  }

  /** A sentence with its code marked. */
  public List<Prose.Piece> prose(String sentence) {
    return Prose.of(sentence);
  }

  /** Text from anywhere, with nothing hidden in it. */
  public String show(String text) {
    return Visible.of(text);
  }

  /** The style sheet, which goes into the page. */
  public String css() {
    try (InputStream in = Page.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("page.css is missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
