package dev.holdfast.report.format;

import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.OneLine;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Tally;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The report on a terminal: the probable causes of what went wrong, or a row for each finding, and
 * under each that wants attention why.
 */
public final class TableFormat implements Format {
  private static final int MOST_CHARACTERS = 300;
  private final Ansi ansi;
  private final boolean verbose;

  /**
   * @param verbose true for a row for each finding
   */
  public TableFormat(Ansi ansi, boolean verbose) {
    this.ansi = ansi;
    this.verbose = verbose;
  }

  @Override
  public String fileName() {
    return "report.txt";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    StringBuilder table = new StringBuilder();
    if (verbose) {
      rows(table, report);
    } else {
      new GroupTable(ansi, report).lines().forEach(line -> table.append(line).append('\n'));
    }
    report.loads().forEach(load -> load(table, load));
    budgets(table, report.budgets());
    out.append(table);
  }

  private void rows(StringBuilder table, RunReport report) {
    int width = report.findings().stream().mapToInt(f -> f.title().length()).max().orElse(0);
    for (Stage stage : Stage.values()) {
      List<Finding> findings = report.findings(stage);
      if (!findings.isEmpty()) {
        heading(table, stage.title(), Status.summary(findings));
        findings.forEach(f -> row(table, f, width));
      }
    }
  }

  private void heading(StringBuilder table, String title, String summary) {
    table.append('\n').append(ansi.bold(title));
    table.append(summary.isEmpty() ? "" : "  " + ansi.faint(summary)).append('\n');
  }

  private void row(StringBuilder table, Finding f, int width) {
    Status status = Status.of(f);
    String badge = String.format(Locale.ROOT, "%s %-14s", status.glyph(), status.label());
    String address = pad(OneLine.of(f.title(), MOST_CHARACTERS), width);
    table.append("  ").append(ansi.paint(status, badge)).append(address);
    table.append(ansi.faint(status == Status.NOT_APPLICABLE ? why(f) : took(f))).append('\n');
    switch (status) {
      case FAIL, HARNESS_ERROR, INCONCLUSIVE, WARN -> {
        detail(table, "requires", f.requirement());
        detail(table, "expected", f.expected());
        detail(table, "seen", f.seen());
        detail(table, "likely", f.likelyCause());
        Accounts.lines(f).forEach((name, value) -> detail(table, name, value));
        detail(table, "again", f.rerun());
      }
      case KNOWN -> detail(table, "known", f.known());
      case PASS, NOT_APPLICABLE -> {}
    }
  }

  private static String took(Finding f) {
    return String.format(Locale.ROOT, "%10s", Words.duration(f.durationMs()));
  }

  private static String why(Finding f) {
    return "  " + OneLine.of(f.seen() == null ? "" : f.seen(), MOST_CHARACTERS);
  }

  private void detail(StringBuilder table, String name, @Nullable String value) {
    if (value != null) {
      table.append(" ".repeat(18)).append(ansi.faint(String.format(Locale.ROOT, "%-9s", name)));
      table.append(OneLine.of(value, MOST_CHARACTERS)).append('\n');
    }
  }

  private void load(StringBuilder table, LoadResult load) {
    heading(table, "Load: " + OneLine.of(load.profile(), 40), PlainLoad.summary(load));
    latencyRow(table, "ms", PlainLoad.headings());
    for (Percentiles p : PlainLoad.timed(load)) {
      latencyRow(table, OneLine.of(Words.spaced(p.kind()), 18), PlainLoad.cells(p));
    }
    if (PlainLoad.thin(load)) {
      table.append("  ").append(ansi.faint(PlainLoad.THIN)).append('\n');
    }
    PlainLoad.steps(load)
        .forEach(step -> table.append("  ").append(OneLine.of(step, 160)).append('\n'));
  }

  private static void latencyRow(StringBuilder table, String name, List<String> cells) {
    table.append("  ").append(pad(name, 19));
    cells.forEach(cell -> table.append(String.format(Locale.ROOT, "%9s", cell)));
    table.append('\n');
  }

  private void budgets(StringBuilder table, List<BudgetResult> budgets) {
    if (budgets.isEmpty()) {
      return;
    }
    heading(table, "Budgets", "");
    int width = budgets.stream().mapToInt(b -> b.name().length()).max().orElse(0);
    for (BudgetResult b : budgets) {
      Status status = Status.of(b.verdict());
      String badge = String.format(Locale.ROOT, "%s %-14s", status.glyph(), status.label());
      Double measured = b.measured();
      String value = measured == null ? "–" : Tally.number(measured);
      table.append("  ").append(ansi.paint(status, badge)).append(pad(b.name(), width));
      table.append(
          String.format(Locale.ROOT, "%10s of %s %s  ", value, Tally.number(b.limit()), b.unit()));
      table.append(ansi.faint(note(b))).append('\n');
    }
  }

  private static String note(BudgetResult b) {
    Double margin = b.margin();
    return b.note().isEmpty() && margin != null ? marginWords(margin) : OneLine.of(b.note(), 120);
  }

  private static String marginWords(double margin) {
    return Tally.number(Math.abs(margin)) + (margin < 0 ? " over" : " to spare");
  }

  private static String pad(String text, int width) {
    return String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s", text);
  }
}
