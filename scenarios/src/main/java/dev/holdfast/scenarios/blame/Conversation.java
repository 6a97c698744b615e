package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.report.picture.Sequence;
import dev.holdfast.report.picture.Sequence.Arrow;
import dev.holdfast.report.picture.Sequence.Band;
import dev.holdfast.report.picture.Sequence.Note;
import dev.holdfast.scenarios.chaos.LinkJournal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One person's conversation as a sequence diagram: what they saw, and what the link saw. */
final class Conversation {
  private static final int CLIENT = 0;
  private static final int NETWORK = 1;
  private static final int SERVER = 2;
  private static final Set<String> IDLE = Set.of("ping", "pong");
  private static final Set<String> TOLD =
      Set.of(
          "connecting", "connected", "reconnecting", "disconnected", "refused", "closed", "left");

  private final Testimony t;
  private final String person;
  private final List<Arrow> arrows = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final Map<String, Deque<HistoryRecord>> entered = new HashMap<>();

  private Conversation(Testimony t, String person) {
    this.t = t;
    this.person = person;
  }

  static Sequence of(Testimony t, String person, String title, String caption) {
    Conversation conversation = new Conversation(t, person);
    conversation.read();
    List<Band> bands =
        t.faults().stream().map(s -> new Band(s.fromMs(), s.toMs(), s.fault())).toList();
    return new Sequence(
        title,
        List.of(person, "network", "server"),
        conversation.arrows,
        conversation.notes,
        bands,
        caption);
  }

  private void read() {
    for (HistoryRecord r : t.all(r -> r.source() == Source.PROXY && r.kind() == Kind.FRAME)) {
      if (Testimony.isOf(r, person)) {
        entered.computeIfAbsent(key(r, r.text("direction")), k -> new ArrayDeque<>()).add(r);
      }
    }
    t.all(r -> r.process().equals(person)).forEach(this::mine);
    entered
        .values()
        .forEach(rest -> rest.stream().filter(Testimony::fromServer).forEach(this::lost));
  }

  /** Frames are the same when all that names them is. */
  private static String key(HistoryRecord r, @org.jspecify.annotations.Nullable Object direction) {
    return direction
        + " "
        + r.op()
        + " "
        + r.data().get("id")
        + " "
        + r.data().get("reply_to")
        + " "
        + r.data().get("seq")
        + " "
        + r.data().get("status");
  }

  private void mine(HistoryRecord r) {
    switch (r.kind()) {
      case FRAME -> frame(r);
      case STATE -> {
        if (TOLD.contains(r.op())) {
          String code = r.number("code", 0) == 0 ? "" : " " + r.number("code", 0);
          notes.add(new Note(t.ms(r), CLIENT, r.op() + code, false));
        }
      }
      case INVOKE -> notes.add(new Note(t.ms(r), CLIENT, r.op(), false));
      case FAIL, INDETERMINATE -> notes.add(new Note(t.ms(r), CLIENT, r.kind().word(), true));
      default -> {}
    }
  }

  private void frame(HistoryRecord r) {
    boolean out = "out".equals(r.text("direction"));
    Deque<HistoryRecord> same =
        entered.getOrDefault(key(r, out ? LinkJournal.UP : LinkJournal.DOWN), new ArrayDeque<>());
    HistoryRecord link = same.poll();
    double at = t.ms(r);
    boolean idle = IDLE.contains(r.op());
    if (out) {
      boolean lost = link == null && t.linkWatched();
      double passed = link == null ? at : Math.max(at, t.ms(link));
      arrows.add(new Arrow(at, CLIENT, passed, lost ? NETWORK : SERVER, label(r), lost, idle));
    } else {
      double sent = link == null ? at : Math.min(at, t.ms(link));
      arrows.add(new Arrow(sent, SERVER, at, CLIENT, label(r), false, idle));
    }
  }

  private void lost(HistoryRecord r) {
    double at = t.ms(r);
    arrows.add(new Arrow(at, SERVER, at, NETWORK, label(r), true, IDLE.contains(r.op())));
  }

  private static String label(HistoryRecord r) {
    StringBuilder label = new StringBuilder(r.op());
    for (String name : new String[] {"status", "code", "seq"}) {
      Object value = r.data().get(name);
      if (value != null) {
        label.append(name.equals("seq") ? " seq=" : " ").append(value);
      }
    }
    return label.toString();
  }
}
