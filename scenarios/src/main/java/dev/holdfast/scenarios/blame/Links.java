package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.Culprit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blame for what becomes of connections: greetings, pongs, and links that are dead. */
final class Links {
  private static final double GREETS_WITHIN_MS = 3_000;
  private static final double PONG_WITHIN_MS = 1_000;

  private Links() {}

  /** A connection opened while nothing was wrong, and the server never said a word on it. */
  static @Nullable Blame noGreeting(Testimony t) {
    HistoryRecord full = t.linkFull();
    double told = full == null ? t.endMs() : t.ms(full);
    if (!t.linkWatched()) {
      return null;
    }
    for (HistoryRecord opened : t.all(r -> Testimony.state(r, "opened"))) {
      double from = t.ms(opened);
      HistoryRecord next =
          t.first(r ->
              Testimony.state(r, "dial") && r.process().equals(opened.process()) && t.ms(r) > from);
      double until = Math.min(told, next == null ? t.endMs() : t.ms(next));
      boolean sound = !t.faulty(from, from + GREETS_WITHIN_MS);
      if (sound
          && until - from >= GREETS_WITHIN_MS
          && t.all(r -> word(t, r, opened, until)).isEmpty()) {
        return silent(t, opened, until);
      }
    }
    return null;
  }

  /** Whether the server said something to this person meanwhile. */
  private static boolean word(Testimony t, HistoryRecord r, HistoryRecord opened, double until) {
    return Testimony.fromServer(r)
        && t.ms(r) >= t.ms(opened)
        && t.ms(r) <= until
        && Testimony.isOf(r, opened.process());
  }

  private static Blame silent(Testimony t, HistoryRecord opened, double until) {
    HistoryRecord before =
        t.last(r ->
            Testimony.fromServer(r)
                && t.ms(r) < t.ms(opened)
                && Testimony.isOf(r, opened.process()));
    List<HistoryRecord> shown = new ArrayList<>();
    if (before != null) {
      shown.add(before);
    }
    shown.addAll(t.all(Testimony::fault));
    shown.add(opened);
    shown.addAll(
        t.all(r -> Testimony.fromClient(r) && t.ms(r) >= t.ms(opened) && t.ms(r) <= until));
    return new Blame(
        Culprit.SERVER,
        "it accepted a connection at "
            + Math.round(t.ms(opened))
            + " ms and said nothing on it any more"
            + (before == null ? "" : "; its last frame was " + t.line(before)),
        t.lines(shown));
  }

  static @Nullable Blame latePong(Testimony t) {
    for (HistoryRecord ping : t.all(r -> Testimony.fromClient(r) && r.op().equals("ping"))) {
      HistoryRecord pong =
          t.first(r ->
              Testimony.fromServer(r)
                  && r.op().equals("pong")
                  && String.valueOf(ping.text("id")).equals(r.text("reply_to")));
      if (pong == null && t.linkFull() != null) {
        return t.undecidedByFullLink();
      }
      double waited = (pong == null ? t.endMs() : t.ms(pong)) - t.ms(ping);
      if (waited > PONG_WITHIN_MS) {
        List<HistoryRecord> between =
            t.all(r ->
                Testimony.fromServer(r) && t.ms(r) >= t.ms(ping) && t.ms(r) <= t.ms(ping) + waited);
        boolean busy = between.stream().anyMatch(r -> r.text("run_id") != null);
        return new Blame(
            Culprit.SERVER,
            "the ping passed the network at once, and its pong left the server "
                + Math.round(waited)
                + " ms later"
                + (busy ? ", behind frames of the run: pings wait for the agent" : ""),
            t.lines(cut(ping, between)));
      }
    }
    return new Blame(Culprit.NETWORK, "pongs left the server in time and arrived late", List.of());
  }

  private static List<HistoryRecord> cut(HistoryRecord first, List<HistoryRecord> rest) {
    List<HistoryRecord> shown = new ArrayList<>(Blames.tail(rest));
    shown.add(0, first);
    return shown;
  }

  /** A link that swallowed everything, on which a client stayed as if nothing had happened. */
  static @Nullable Blame unnoticed(Testimony t) {
    for (Testimony.Span fault : t.faults()) {
      if (!fault.fault().equals("half_open")) {
        continue;
      }
      HistoryRecord left =
          t.first(r -> t.ms(r) >= fault.fromMs() && Testimony.state(r, "reconnecting"));
      HistoryRecord pinged =
          t.last(r -> r.source() == Source.CLIENT && r.op().equals("ping") && out(r));
      if (left == null) {
        HistoryRecord heard =
            t.last(r -> r.source() == Source.CLIENT && r.kind() == Kind.FRAME && !out(r));
        List<HistoryRecord> shown = new ArrayList<>();
        for (HistoryRecord r : new HistoryRecord[] {heard, pinged}) {
          if (r != null) {
            shown.add(r);
          }
        }
        shown.addAll(t.all(Testimony::fault));
        return new Blame(
            Culprit.CLIENT,
            "nothing arrived on its connection from "
                + Math.round(fault.fromMs())
                + " ms on, and it never left it: its heartbeat does not notice a dead link",
            t.lines(shown));
      }
    }
    return null;
  }

  private static boolean out(HistoryRecord r) {
    return "out".equals(r.text("direction"));
  }
}
