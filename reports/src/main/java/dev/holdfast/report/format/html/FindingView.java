package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Accounts;
import dev.holdfast.report.format.Status;
import dev.holdfast.report.format.Visible;
import dev.holdfast.report.format.Words;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.TraceLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One finding as the page shows it.
 *
 * @param facts what is known about it, in the order to read
 * @param traceNote what was left out of the trace; empty when nothing was
 */
public record FindingView(
    Finding finding, Status status, List<Fact> facts, List<TraceLine> trace, String traceNote) {
  private static final int MOST_TRACE_LINES = 120;
  private static final int MOST_CHARACTERS = 2_000;

  /** A name and what stands beside it. */
  public record Fact(String name, String value) {}

  static FindingView of(Finding f) {
    if (f.stage() == Stage.CONFORMANCE && !Status.of(f).wantsAttention()) {
      return new FindingView(f, Status.of(f), facts(f), List.of(), "");
    }
    int size = f.trace().size();
    int half = MOST_TRACE_LINES / 2;
    List<TraceLine> trace = new ArrayList<>(f.trace().subList(0, Math.min(size, half)));
    trace.addAll(f.trace().subList(Math.max(trace.size(), size - half), size));
    int left = size - trace.size();
    String note =
        left == 0
            ? ""
            : "The first and last %d of %s lines; report.json has all."
                .formatted(half, Words.count(size));
    return new FindingView(f, Status.of(f), facts(f), List.copyOf(trace), note);
  }

  private static List<Fact> facts(Finding f) {
    List<Fact> facts = new ArrayList<>();
    boolean absent = Status.of(f) == Status.NOT_APPLICABLE;
    add(facts, "Expected", absent ? null : f.expected());
    add(facts, absent || Status.of(f) == Status.INCONCLUSIVE ? "Because" : "Seen", f.seen());
    add(facts, "Likely cause", f.likelyCause());
    Accounts.lines(f).forEach((name, value) -> add(facts, name.strip(), value));
    add(facts, "Known", f.known());
    return facts;
  }

  private static void add(List<Fact> facts, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.add(new Fact(name, Visible.of(value, MOST_CHARACTERS)));
    }
  }

  /** The word under which the style sheet knows its status. */
  public String tone() {
    return tone(status);
  }

  /** The same for one of its checks. */
  public String tone(CheckResult check) {
    return tone(Status.of(check.verdict()));
  }

  static String tone(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /** What wants attention lies open; the rest opens on request. */
  public boolean open() {
    return status.wantsAttention();
  }

  /** False where the row says it all. */
  public boolean hasDetails() {
    return !finding.account().pictures().isEmpty()
        || !facts.isEmpty()
        || !trace.isEmpty()
        || !finding.checks().isEmpty();
  }

  /** A traced text, cut where it is very long. */
  public String shown(TraceLine line) {
    return Visible.of(line.text(), MOST_CHARACTERS);
  }

  public String duration() {
    return Words.duration(finding.durationMs());
  }
}
