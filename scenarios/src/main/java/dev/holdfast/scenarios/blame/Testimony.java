package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.Culprit;
import dev.holdfast.scenarios.audit.AuditEntry;
import dev.holdfast.scenarios.chaos.LinkJournal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All journals of a story merged by cause, and what can be asked of them. What entered the link is
 * the last word on who sent what; a server's own journal tells what it took.
 */
public final class Testimony {
  private static final double NANOS_PER_MS = 1e6;
  private static final int MOST_TEXT = 110;

  private final List<HistoryRecord> records;
  private final long began;
  private final long ended;

  public Testimony(List<HistoryRecord> unsorted) {
    this(unsorted, List.of());
  }

  /**
   * What was seen, and what the server wrote down itself.
   *
   * @param log its audit log, ours or mapped; of other stories too
   */
  public Testimony(List<HistoryRecord> unsorted, List<AuditEntry> log) {
    records = Causes.merged(unsorted, log);
    began = records.isEmpty() ? 0 : records.get(0).monoNs();
    ended = records.isEmpty() ? 0 : records.get(records.size() - 1).monoNs();
  }

  /** Every record that answers to a description, oldest first. */
  List<HistoryRecord> all(Predicate<HistoryRecord> wanted) {
    return records.stream().filter(wanted).toList();
  }

  @Nullable HistoryRecord first(Predicate<HistoryRecord> wanted) {
    return records.stream().filter(wanted).findFirst().orElse(null);
  }

  @Nullable HistoryRecord last(Predicate<HistoryRecord> wanted) {
    return records.reversed().stream().filter(wanted).findFirst().orElse(null);
  }

  /** Whether anybody saw what entered the network. */
  boolean linkWatched() {
    return first(r -> r.source() == Source.PROXY && r.kind() == Kind.FRAME) != null;
  }

  /** Whether the server wrote down what it did in this session. */
  boolean serverWatched(@Nullable String session) {
    return session != null
        && first(r -> r.source() == Source.SERVER && session.equals(r.session())) != null;
  }

  /** The entry of the server's journal about a message. */
  @Nullable HistoryRecord journalled(String event, String id) {
    return first(
        r -> r.source() == Source.SERVER && r.op().equals(event) && id.equals(r.text("id")));
  }

  /** Where a journal of the link was full: from there on what it lacks proves nothing. */
  @Nullable HistoryRecord linkFull() {
    return first(r -> r.source() == Source.PROXY && r.op().equals(LinkJournal.FULL));
  }

  /** Undecidable, where the journal of a link ends too early to prove by what it lacks. */
  @Nullable Blame undecidedByFullLink() {
    HistoryRecord full = linkFull();
    return full == null
        ? null
        : new Blame(
            Culprit.UNDECIDABLE,
            "the journal of the link ends at " + Math.round(ms(full)) + " ms, where it was full",
            lines(List.of(full)));
  }

  /** Whether a frame on the link may have been between this person and the server. */
  static boolean isOf(HistoryRecord link, String person) {
    String owner = link.text(Causes.PERSON);
    return owner == null || owner.equals(person);
  }

  double ms(HistoryRecord r) {
    return ms(r.monoNs());
  }

  private double ms(long nanos) {
    return (nanos - began) / NANOS_PER_MS;
  }

  double endMs() {
    return (ended - began) / NANOS_PER_MS;
  }

  static boolean entered(HistoryRecord r, String direction) {
    return r.source() == Source.PROXY
        && r.kind() == Kind.FRAME
        && direction.equals(r.text("direction"));
  }

  static boolean fromServer(HistoryRecord r) {
    return entered(r, LinkJournal.DOWN);
  }

  static boolean fromClient(HistoryRecord r) {
    return entered(r, LinkJournal.UP);
  }

  /** A fault that began or ended; what was planned and never struck is no evidence. */
  static boolean fault(HistoryRecord r) {
    return r.kind() == Kind.FAULT && !"planned".equals(r.text("phase"));
  }

  static boolean said(HistoryRecord r) {
    return r.source() == Source.CLIENT && r.kind() == Kind.INVOKE && r.op().equals("say");
  }

  static boolean settled(HistoryRecord r) {
    return r.source() == Source.CLIENT
        && (r.kind() == Kind.OK || r.kind() == Kind.FAIL || r.kind() == Kind.INDETERMINATE);
  }

  static boolean state(HistoryRecord r, String word) {
    return r.source() == Source.CLIENT && r.kind() == Kind.STATE && r.op().equals(word);
  }

  /** A fault at work, in milliseconds from the beginning. */
  record Span(String fault, double fromMs, double toMs, double healedMs) {}

  List<Span> faults() {
    return FaultSpans.of(records, ended).stream()
        .map(s -> new Span(s.fault(), ms(s.fromNanos()), ms(s.toNanos()), ms(s.healedNanos())))
        .toList();
  }

  /** Whether anything was wrong with the network at some time in between. */
  boolean faulty(double fromMs, double toMs) {
    return faults().stream().anyMatch(s -> s.fromMs() <= toMs && s.toMs() >= fromMs);
  }

  /** Whether a fault of these was at work at all. */
  boolean meddled(String prefix) {
    return faults().stream().anyMatch(s -> s.fault().startsWith(prefix));
  }

  /** When the last fault was over; 0 where there was none. */
  double healedMs() {
    return faults().stream().mapToDouble(Span::healedMs).max().orElse(0);
  }

  /** One line of evidence. */
  String line(HistoryRecord r) {
    String who =
        switch (r.source()) {
          case CLIENT -> r.process() + (r.connection() == null ? "" : "#" + r.connection());
          case PROXY -> r.kind() == Kind.FAULT ? "network" : enters(r);
          case SERVER -> "server's journal";
          case HARNESS -> "harness";
        };
    String when = r.source() == Source.SERVER ? "not before %,.0f ms" : "%,.0f ms";
    return String.format(Locale.ROOT, when + " %s: %s", ms(r), who, what(r));
  }

  private static String enters(HistoryRecord r) {
    return LinkJournal.UP.equals(r.text("direction")) ? "client → link" : "server → link";
  }

  private static String what(HistoryRecord r) {
    StringBuilder what = new StringBuilder(r.op());
    for (String name :
        new String[] {
          "phase", "status", "code", "id", "reply_to", "seq", "reason", "delay_ms", Causes.LINE
        }) {
      Object value = r.data().get(name);
      if (value != null) {
        what.append(' ').append(name.equals("status") ? "" : name + "=").append(value);
      }
    }
    String text = what.toString();
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "…";
  }

  /** The lines of some records, in the order in which they happened. */
  List<String> lines(List<HistoryRecord> some) {
    return some.stream()
        .distinct()
        .sorted(Comparator.comparingLong(HistoryRecord::monoNs))
        .map(this::line)
        .toList();
  }
}
