package dev.holdfast.report.format;

import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.OneLine;
import dev.holdfast.report.result.TraceLine;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A finding's details and trace as lines of text, for formats without markup of their own. */
final class PlainText {
  static final int MOST_TRACE_LINES = 200;
  private static final int MOST_CHARACTERS = 2_000;

  private PlainText() {}

  /** Everything about a finding but its verdict. */
  static String details(Finding f) {
    StringBuilder text = new StringBuilder();
    field(text, "requirement", f.requirement());
    field(text, "level", f.level() + ", profile " + f.profile());
    field(text, "expected", f.expected());
    field(text, "seen", f.seen());
    field(text, "likely cause", f.likelyCause());
    Accounts.lines(f).forEach((name, value) -> field(text, name, value));
    field(text, "known", f.known());
    field(text, "again", f.rerun());
    for (CheckResult check : f.checks()) {
      field(text, check.checker(), check.verdict().label() + ", " + check.evidence());
    }
    if (!f.trace().isEmpty()) {
      text.append("trace\n");
      trace(f).forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString();
  }

  /** The trace, one line a frame; what is left out in the middle is said. */
  static List<String> trace(Finding f) {
    List<TraceLine> all = f.trace();
    if (all.size() <= MOST_TRACE_LINES) {
      return all.stream().map(PlainText::line).toList();
    }
    int half = MOST_TRACE_LINES / 2;
    int left = all.size() - 2 * half;
    return Stream.of(
            all.subList(0, half).stream().map(PlainText::line),
            Stream.of("… " + Words.count(left, "line") + " left out; report.json has all"),
            all.subList(all.size() - half, all.size()).stream().map(PlainText::line))
        .flatMap(s -> s)
        .toList();
  }

  private static String line(TraceLine t) {
    String text = Visible.of(t.text(), MOST_CHARACTERS).replace("\n", "␊");
    String connection = OneLine.of(t.connection(), 40);
    return String.format(
        Locale.ROOT, "%7d ms  %s %-8s %s", t.atMs(), t.direction().arrow(), connection, text);
  }

  private static void field(StringBuilder text, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append(String.format(Locale.ROOT, "%-17s ", name)).append(value).append('\n');
    }
  }
}
