package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When each fault of a story began and ended; two of one name are two. */
public final class FaultSpans {
  /** Said of a fault that has no duration as it strikes. */
  public static final String MOMENTARY = "momentary";

  private FaultSpans() {}

  /**
   * A fault at work.
   *
   * @param healedNanos when the world was well again: a fault that has no duration is over as it
   *     strikes, whenever it was taken away
   */
  public record Span(String fault, long fromNanos, long toNanos, long healedNanos) {}

  /** All of a history; what nobody took away lasts to its end. */
  public static List<Span> of(List<HistoryRecord> records, long endNanos) {
    Map<String, HistoryRecord> open = new LinkedHashMap<>();
    List<Span> spans = new ArrayList<>();
    for (HistoryRecord r : records) {
      if (r.kind() == Kind.FAULT && "struck".equals(r.text("phase"))) {
        open.put(r.address(), r);
      } else if (r.kind() == Kind.FAULT && "over".equals(r.text("phase"))) {
        HistoryRecord struck = open.remove(beginning(r, open));
        if (struck != null) {
          spans.add(span(struck, r.monoNs()));
        }
      }
    }
    open.values().forEach(struck -> spans.add(span(struck, endNanos)));
    return spans;
  }

  private static Span span(HistoryRecord struck, long toNanos) {
    boolean momentary = struck.data().containsKey(MOMENTARY);
    return new Span(struck.op(), struck.monoNs(), toNanos, momentary ? struck.monoNs() : toNanos);
  }

  /** Its cause; where that was not written down, the oldest of its name. */
  private static String beginning(HistoryRecord over, Map<String, HistoryRecord> open) {
    String cause = over.cause();
    return cause != null
        ? cause
        : open.values().stream()
            .filter(struck -> struck.op().equals(over.op()))
            .map(HistoryRecord::address)
            .findFirst()
            .orElse("");
  }
}
