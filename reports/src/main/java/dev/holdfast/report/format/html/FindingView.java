package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Accounts;
import dev.holdfast.report.format.Status;
import dev.holdfast.report.format.Visible;
import dev.holdfast.report.format.Words;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Picture;
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
 * @param pictures those that are shown
 * @param traceNote what was left out of the trace; empty when nothing was
 * @param thinning how much of it is shown
 */
public record FindingView(
    Finding finding,
    Status status,
    List<Fact> facts,
    List<Picture> pictures,
    List<TraceLine> trace,
    String traceNote,
    Thinning thinning) {

  /** A name and what stands beside it. */
  public record Fact(String name, String value) {}

  /** A finding, of which {@code rank} are shown before it. */
  static FindingView of(Finding f, int rank, Thinning thinning) {
    List<Fact> facts = facts(f, thinning);
    List<Picture> pictures = rank < thinning.pictures() ? f.account().pictures() : List.of();
    if (f.stage() == Stage.CONFORMANCE && !Status.of(f).wantsAttention()) {
      return new FindingView(f, Status.of(f), facts, pictures, List.of(), "", thinning);
    }
    int size = f.trace().size();
    int half = thinning.traceLines() / 2;
    List<TraceLine> trace = new ArrayList<>(f.trace().subList(0, Math.min(size, half)));
    trace.addAll(f.trace().subList(Math.max(trace.size(), size - half), size));
    int left = size - trace.size();
    String note =
        left == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "The first and last %d of %s lines; report.json has all.",
                half,
                Words.count(size));
    return new FindingView(f, Status.of(f), facts, pictures, List.copyOf(trace), note, thinning);
  }

  private static List<Fact> facts(Finding f, Thinning thinning) {
    List<Fact> facts = new ArrayList<>();
    boolean absent = Status.of(f) == Status.NOT_APPLICABLE;
    add(facts, "Expected", absent ? null : f.expected());
    add(facts, absent || Status.of(f) == Status.INCONCLUSIVE ? "Because" : "Seen", f.seen());
    add(facts, "Likely cause", f.likelyCause());
    Accounts.lines(f).forEach((name, value) -> add(facts, name.strip(), value));
    add(facts, "Known", f.known());
    return facts.stream()
        .map(fact -> new Fact(fact.name(), Visible.of(fact.value(), thinning.characters())))
        .toList();
  }

  private static void add(List<Fact> facts, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.add(new Fact(name, value));
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
    return !pictures.isEmpty()
        || !facts.isEmpty()
        || !trace.isEmpty()
        || !finding.checks().isEmpty();
  }

  /** A traced text, cut where it is very long. */
  public String shown(TraceLine line) {
    return Visible.of(line.text(), thinning.characters());
  }

  /** The same for what a checker saw. */
  public String shown(CheckResult check) {
    return Visible.of(check.evidence(), thinning.characters());
  }

  public String duration() {
    return Words.duration(finding.durationMs());
  }
}
