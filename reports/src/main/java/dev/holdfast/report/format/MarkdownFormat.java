package dev.holdfast.report.format;

import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Tally;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** The report as a CI job's step summary, {@code summary.md}: the verdict and what explains it. */
public final class MarkdownFormat implements Format {
  private static final int MOST_DETAILS = 20;

  @Override
  public String fileName() {
    return "summary.md";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    StringBuilder md = new StringBuilder();
    verdict(report, md);
    nextSteps(report, md);
    stages(report, md);
    details(report, md);
    report.loads().forEach(load -> load(load, md));
    budgets(report.budgets(), md);
    environment(report, md);
    out.append(md);
  }

  private static void verdict(RunReport report, StringBuilder md) {
    String word = report.outcome().verdict().label().toUpperCase(Locale.ROOT);
    md.append("## ").append(glyph(report.outcome().verdict())).append(" Holdfast: ").append(word);
    md.append("\n\n").append(Markdown.text(report.outcome().reason())).append("\n");
    report.outcome().also().forEach(r -> md.append("\n- also: ").append(Markdown.text(r)));
    md.append('\n');
    if (report.partial() != null) {
      md.append("\n> **Partial:** ").append(Markdown.text(report.partial())).append("\n");
    }
    md.append('\n');
  }

  private static void nextSteps(RunReport report, StringBuilder md) {
    md.append("### What to do next\n\n");
    for (NextStep step : NextSteps.of(report)) {
      md.append("1. ");
      if (!step.about().isEmpty()) {
        md.append(Markdown.code(step.about())).append(" – ");
      }
      md.append(Markdown.text(step.what()));
      if (step.command() != null) {
        md.append("<br>").append(Markdown.code(step.command()));
      }
      md.append('\n');
    }
    md.append('\n');
  }

  private static void stages(RunReport report, StringBuilder md) {
    if (report.findings().isEmpty()) {
      return;
    }
    md.append("| stage | result |\n|---|---|\n");
    for (Stage stage : Stage.values()) {
      List<Finding> findings = report.findings(stage);
      if (!findings.isEmpty()) {
        md.append("| ").append(stage.title()).append(" | ");
        md.append(Status.summary(findings)).append(" |\n");
      }
    }
    md.append('\n');
  }

  private static void details(RunReport report, StringBuilder md) {
    List<Finding> open = Status.wantingAttention(report);
    for (Finding f : open.subList(0, Math.min(open.size(), MOST_DETAILS))) {
      md.append("<details><summary>").append(Status.of(f).glyph()).append(' ');
      md.append(Status.of(f).label()).append(" <code>").append(Markdown.html(f.title()));
      md.append("</code> – ").append(Markdown.html(f.requirement())).append("</summary>\n\n");
      md.append(Markdown.fence(PlainText.details(f))).append("\n</details>\n\n");
    }
    if (open.size() > MOST_DETAILS) {
      md.append(Words.count(open.size() - MOST_DETAILS)).append(" more are in the report.\n\n");
    }
  }

  private static void load(LoadResult load, StringBuilder md) {
    md.append("### Load: ").append(Markdown.text(load.profile())).append("\n\n");
    md.append(PlainLoad.summary(load)).append("\n\n");
    md.append("| ms | samples | p50 | p90 | p95 | p99 | p99.9 | max |\n");
    md.append("|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for (Percentiles p : PlainLoad.timed(load)) {
      md.append("| ").append(Markdown.text(Words.spaced(p.kind()))).append(" | ");
      md.append(String.join(" | ", PlainLoad.cells(p))).append(" |\n");
    }
    md.append(PlainLoad.thin(load) ? "\n" + PlainLoad.THIN + "\n" : "").append('\n');
    PlainLoad.steps(load).forEach(s -> md.append("- ").append(Markdown.text(s)).append('\n'));
    md.append(load.steps().isEmpty() ? "" : "\n");
  }

  private static void budgets(List<BudgetResult> budgets, StringBuilder md) {
    if (budgets.isEmpty()) {
      return;
    }
    md.append("### Budgets\n\n| | budget | unit | note |\n|---|---|---|---|\n");
    for (BudgetResult b : budgets) {
      md.append("| ").append(glyph(b.verdict())).append(" | ");
      md.append(Markdown.text(Tally.budget(b))).append(" | ").append(Markdown.text(b.unit()));
      md.append(" | ").append(Markdown.text(b.note())).append(" |\n");
    }
    md.append('\n');
  }

  private static void environment(RunReport report, StringBuilder md) {
    md.append("Target ").append(Markdown.code(report.target()));
    if (report.seed() != null) {
      md.append(", seed ").append(Markdown.code(String.valueOf(report.seed())));
    }
    md.append(", ").append(Words.duration(report.duration())).append(", again with ");
    md.append(Markdown.code(report.command())).append('\n');
  }

  private static String glyph(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "✅";
      case FAIL -> "❌";
      case WARN -> "⚠️";
      case INCONCLUSIVE, HARNESS_ERROR -> "❔";
      case NOT_APPLICABLE -> "➖";
    };
  }
}
