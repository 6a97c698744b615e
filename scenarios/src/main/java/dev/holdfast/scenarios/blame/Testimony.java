package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.scenarios.chaos.LinkJournal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All journals of a story merged by time, and what can be asked of them. Client, link and harness
 * share a clock; what entered the link is the last word on who sent what.
 */
public final class Testimony {
  private static final double NANOS_PER_MS = 1e6;
  private static final int MOST_TEXT = 110;

  private final List<HistoryRecord> records;
  private final long began;
  private final long ended;

  public Testimony(List<HistoryRecord> unsorted) {
    records = unsorted.stream().sorted(Comparator.comparingLong(HistoryRecord::monoNs)).toList();
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

  double ms(HistoryRecord r) {
    return (r.monoNs() - began) / NANOS_PER_MS;
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
  record Span(String fault, double fromMs, double toMs) {}

  List<Span> faults() {
    List<Span> spans = new ArrayList<>();
    Map<String, Double> open = new HashMap<>();
    for (HistoryRecord r : records) {
      if (r.kind() == Kind.FAULT && "struck".equals(r.text("phase"))) {
        open.put(r.op(), ms(r));
      } else if (r.kind() == Kind.FAULT && "over".equals(r.text("phase"))) {
        spans.add(new Span(r.op(), open.getOrDefault(r.op(), 0.0), ms(r)));
        open.remove(r.op());
      }
    }
    open.forEach((fault, from) -> spans.add(new Span(fault, from, endMs())));
    return spans;
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
    return faults().stream().mapToDouble(Span::toMs).max().orElse(0);
  }

  /** One line of evidence. */
  String line(HistoryRecord r) {
    String who =
        switch (r.source()) {
          case CLIENT -> r.process() + (r.connection() == null ? "" : "#" + r.connection());
          case PROXY -> r.kind() == Kind.FAULT ? "network" : enters(r);
          case SERVER -> "server " + r.process();
          case HARNESS -> "harness";
        };
    return String.format(Locale.ROOT, "%,.0f ms %s: %s", ms(r), who, what(r));
  }

  private static String enters(HistoryRecord r) {
    return LinkJournal.UP.equals(r.text("direction")) ? "client → link" : "server → link";
  }

  private static String what(HistoryRecord r) {
    StringBuilder what = new StringBuilder(r.op());
    for (String name :
        new String[] {"phase", "status", "code", "id", "reply_to", "seq", "reason", "delay_ms"}) {
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
