package dev.holdfast.scenarios.explore;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.report.picture.Sequence;
import dev.holdfast.report.picture.Sequence.Arrow;
import dev.holdfast.report.picture.Sequence.Band;
import dev.holdfast.report.picture.Sequence.Note;
import dev.holdfast.scenarios.blame.FaultSpans;
import dev.holdfast.scenarios.world.Moment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a story's moments as a sequence diagram. A connection loses nothing and then goes on, so
 * the nth frame that arrives is the nth that was sent.
 */
final class StorySequence {
  private static final String NETWORK = "network";
  private static final double NANOS_PER_MS = 1e6;
  private static final Set<String> TOLD =
      Set.of("connecting", "connected", "reconnecting", "disconnected", "refused", "closed");
  private static final Set<String> IDLE = Set.of("ping", "pong");

  /** A frame under way. */
  private record Sent(double ms, int lane, String label, boolean idle) {}

  private final Map<String, Integer> lanes = new LinkedHashMap<>();
  private final Map<String, Deque<Sent>> underWay = new HashMap<>();
  private final Map<String, String> clientOf = new HashMap<>();
  private final List<Arrow> arrows = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<HistoryRecord> faults = new ArrayList<>();
  private double end;

  private StorySequence() {}

  /** The diagram of a story. */
  static Sequence of(List<Moment> moments, String title, String caption) {
    StorySequence reading = new StorySequence();
    reading.name(moments);
    moments.forEach(reading::read);
    return reading.drawn(title, caption);
  }

  private void name(List<Moment> moments) {
    for (Source source : new Source[] {Source.CLIENT, Source.SERVER}) {
      for (Moment moment : moments) {
        HistoryRecord r = moment.record();
        if (r.source() == source && (r.kind() != Kind.STATE || source == Source.CLIENT)) {
          lanes.putIfAbsent(r.process(), lanes.size());
        }
      }
      if (source == Source.CLIENT) {
        lanes.put(NETWORK, lanes.size());
      }
    }
  }

  private void read(Moment moment) {
    HistoryRecord r = moment.record();
    double ms = moment.ms();
    switch (r.kind()) {
      case FRAME -> frame(r, ms);
      case STATE -> state(r, ms);
      case FAULT -> faults.add(r);
      case INVOKE -> note(r, ms, r.op() + " " + text(r, "id"), false);
      case FAIL, INDETERMINATE ->
          note(r, ms, r.kind().word() + " " + text(r, "id") + " " + text(r, "code"), true);
      case OK -> {}
    }
  }

  private void frame(HistoryRecord r, double ms) {
    end = Math.max(end, ms);
    if (r.op().equals("post")) {
      note(r, ms, "POST " + text(r, "id"), false);
      return;
    }
    String wire = wire(r);
    boolean out = "out".equals(r.text("direction"));
    String upOrDown = (r.source() == Source.CLIENT) == out ? "up " : "down ";
    Deque<Sent> queue = underWay.computeIfAbsent(upOrDown + wire, k -> new ArrayDeque<>());
    int lane = lanes.getOrDefault(r.process(), 0);
    if (out) {
      if (!r.data().containsKey("unsent")) {
        queue.add(new Sent(ms, lane, label(r), IDLE.contains(r.op())));
      }
    } else if (!queue.isEmpty()) {
      Sent sent = queue.remove();
      String label = r.source() == Source.CLIENT ? label(r) : sent.label();
      arrows.add(new Arrow(sent.ms(), sent.lane(), ms, lane, label, false, sent.idle()));
    }
  }

  /** Both ends of a connection by one name: the client's. */
  private String wire(HistoryRecord r) {
    return r.source() == Source.CLIENT
        ? r.process() + "#" + r.connection()
        : clientOf.getOrDefault(r.process() + "#" + r.connection(), String.valueOf(r.connection()));
  }

  private void state(HistoryRecord r, double ms) {
    if (r.source() == Source.SERVER && r.op().equals("opened")) {
      clientOf.put(
          r.process() + "#" + r.connection(), text(r, "client") + "#" + r.number("number", 0));
    } else if (r.source() == Source.CLIENT && TOLD.contains(r.op())) {
      note(r, ms, r.op() + (r.op().equals("closed") ? " " + r.number("code", 0) : ""), false);
    } else if (r.op().equals("tool") || r.op().equals("forgot")) {
      note(r, ms, r.op() + " " + text(r, "status"), false);
    } else if (r.op().equals("crash")) {
      notes.add(new Note(ms, lanes.size() - 1, text(r, "thrown"), true));
    }
  }

  private void note(HistoryRecord r, double ms, String text, boolean alarming) {
    Integer lane = lanes.get(r.process());
    if (lane != null) {
      notes.add(new Note(ms, lane, text.strip(), alarming));
    }
  }

  private static String text(HistoryRecord r, String name) {
    @Nullable Object value = r.data().get(name);
    return value == null ? "" : value.toString();
  }

  private static String label(HistoryRecord r) {
    StringBuilder label = new StringBuilder(r.op());
    for (String name : new String[] {"status", "code"}) {
      label.append(r.data().containsKey(name) ? " " + text(r, name) : "");
    }
    for (String name : new String[] {"seq", "ack"}) {
      if (r.number(name, -1) >= 0) {
        label.append(' ').append(name).append('=').append(r.number(name, -1));
      }
    }
    String id = text(r, "id").isEmpty() ? text(r, "reply_to") : text(r, "id");
    boolean says = r.op().equals("message") || r.op().equals("error");
    return says && !id.isEmpty() ? label + " " + id : label.toString();
  }

  private static Band band(double from, double to, String fault) {
    return new Band(from, Math.max(from, to), fault.replace('_', ' '));
  }

  /** What is still under way at the end was lost where the network was. */
  private Sequence drawn(String title, String caption) {
    int network = lanes.getOrDefault(NETWORK, 1);
    underWay
        .values()
        .forEach(queue ->
            queue.forEach(s ->
                arrows.add(
                    new Arrow(s.ms(), s.lane(), s.ms(), network, s.label(), true, s.idle()))));
    List<Band> bands =
        FaultSpans.of(faults, Math.round(end * NANOS_PER_MS)).stream()
            .map(f -> band(f.fromNanos() / NANOS_PER_MS, f.healedNanos() / NANOS_PER_MS, f.fault()))
            .toList();
    return new Sequence(title, List.copyOf(lanes.keySet()), arrows, notes, bands, caption);
  }
}
