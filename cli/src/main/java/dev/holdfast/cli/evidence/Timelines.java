package dev.holdfast.cli.evidence;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Timeline;
import dev.holdfast.report.result.Timeline.Lane;
import dev.holdfast.report.result.Timeline.Span;
import dev.holdfast.scenarios.blame.FaultSpans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws a history's timeline: who was connected when, what was said, and which faults were on. */
public final class Timelines {
  private static final Set<String> STATES =
      Set.of("connecting", "connected", "reconnecting", "disconnected", "left", "closed");

  /** Of more messages than this those are drawn that took longest, and the picture says so. */
  private static final int MOST_MESSAGES = 120;

  private Timelines() {}

  /** The timeline of a history. */
  public static Timeline of(
      Stage stage, String address, String profile, List<HistoryRecord> records) {
    long began = records.stream().mapToLong(HistoryRecord::monoNs).min().orElse(0);
    long ended = records.stream().mapToLong(HistoryRecord::monoNs).max().orElse(0);
    long duration = ms(ended, began);
    Map<String, List<HistoryRecord>> people = new LinkedHashMap<>();
    for (HistoryRecord r : records) {
      if (r.source() == Source.CLIENT) {
        people.computeIfAbsent(r.process(), p -> new ArrayList<>()).add(r);
      }
    }
    List<Lane> lanes = new ArrayList<>();
    people.forEach((person, own) -> {
      List<Span> said = messages(own, began, duration);
      int notShown = Math.max(0, said.size() - MOST_MESSAGES);
      lanes.add(new Lane(person, states(own, began, duration), longest(said), notShown));
    });
    return new Timeline(stage, address, profile, duration, faults(records, began, duration), lanes);
  }

  private static long ms(long nanos, long began) {
    return (nanos - began) / 1_000_000;
  }

  private static List<Span> faults(List<HistoryRecord> records, long began, long duration) {
    return FaultSpans.of(records, began + duration * 1_000_000).stream()
        .map(f -> new Span(f.fault(), ms(f.fromNanos(), began), ms(f.toNanos(), began)))
        .toList();
  }

  private static List<Span> states(List<HistoryRecord> own, long began, long duration) {
    List<Span> spans = new ArrayList<>();
    String state = "disconnected";
    long since = 0;
    for (HistoryRecord r : own) {
      if (r.kind() == Kind.STATE && STATES.contains(r.op())) {
        String next = r.op().equals("left") || r.op().equals("closed") ? "disconnected" : r.op();
        if (!next.equals(state)) {
          add(spans, state, since, ms(r.monoNs(), began));
          state = next;
          since = ms(r.monoNs(), began);
        }
      }
    }
    add(spans, state, since, duration);
    return spans;
  }

  private static void add(List<Span> spans, String state, long from, long to) {
    if (to > from) {
      spans.add(new Span(state, from, to));
    }
  }

  private static List<Span> messages(List<HistoryRecord> own, long began, long duration) {
    Map<String, Long> waiting = new LinkedHashMap<>();
    List<Span> spans = new ArrayList<>();
    for (HistoryRecord r : own) {
      String id = r.text("id");
      if (!r.op().equals("say") || id == null) {
        continue;
      }
      if (r.kind() == Kind.INVOKE) {
        waiting.put(id, ms(r.monoNs(), began));
      } else if (waiting.containsKey(id)) {
        spans.add(new Span(end(r.kind()), waiting.remove(id), ms(r.monoNs(), began)));
      }
    }
    waiting.values().forEach(from -> spans.add(new Span("open", from, duration)));
    return spans;
  }

  private static List<Span> longest(List<Span> spans) {
    return spans.stream()
        .sorted((a, b) -> Long.compare(b.toMs() - b.fromMs(), a.toMs() - a.fromMs()))
        .limit(MOST_MESSAGES)
        .sorted((a, b) -> Long.compare(a.fromMs(), b.fromMs()))
        .toList();
  }

  private static String end(Kind kind) {
    return switch (kind) {
      case OK -> "answered";
      case FAIL -> "refused";
      default -> "in doubt";
    };
  }
}
