package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.Map;

/**
 * A ping is answered within a second, also during a run. Read off stories in which nothing goes
 * wrong with the network; where something does, nothing is said.
 *
 * <p>A network, or a busy client, may hold frames up and deliver them in a bunch. A late pong is
 * the server's fault only where the link delivered other frames after the second was over and well
 * before the pong: what was sent in time would have come with them.
 */
final class PongsInTime implements Checker {
  private static final long NANOS_PER_MS = 1_000_000;
  private static final long WITHIN_NANOS = 1_000 * NANOS_PER_MS;

  /** Frames that come closer to each other may have been delivered in one bunch. */
  private static final long BUNCH_NANOS = 150 * NANOS_PER_MS;

  /** A ping without its pong. */
  private static final class Ping {
    private final String process;
    private final long dueAt;
    private long deliveredAt = Long.MAX_VALUE;

    Ping(Event e) {
      process = e.process();
      dueAt = e.nanos() + WITHIN_NANOS;
    }
  }

  @Override
  public String name() {
    return "pongs_in_time";
  }

  @Override
  public String requirement() {
    return "A ping is answered within 1 s, also during a run.";
  }

  @Override
  public String premise() {
    return "A ping was answered while nothing was wrong with the network.";
  }

  @Override
  public boolean bindsTime() {
    return true;
  }

  @Override
  public Judged judge(History history) {
    if (history.profile() != Profile.RESUME) {
      return Judged.excluded("profile core has 30 s for a pong");
    }
    Map<String, Ping> open = new HashMap<>();
    int answered = 0;
    String heldUp = null;
    for (Event e : history.events()) {
      if (e.fact() instanceof Fact.Fault) {
        return Judged.unknown("something was wrong with the network");
      }
      if (e.source() != Source.CLIENT) {
        continue;
      }
      if (e.fact() instanceof Fact.Wrote w && w.type().equals("ping") && w.id() != null) {
        if (w.sent()) {
          open.put(e.process() + " " + w.id(), new Ping(e));
        }
      } else if (e.fact() instanceof Fact.Heard h) {
        Ping ping = h.frame() == null ? null : open.remove(answeredPing(e, h.frame()));
        if (ping != null && e.nanos() > ping.dueAt) {
          String late = late(e, ping);
          if (e.nanos() > ping.deliveredAt + BUNCH_NANOS) {
            return Judged.broken(late + ", and other frames came before it");
          }
          heldUp = late;
        }
        answered += ping == null ? 0 : 1;
        delivered(open, e);
      }
    }
    if (heldUp != null) {
      return Judged.unknown(heldUp + "; the network may have held it up, for nothing came before");
    }
    return answered == 0
        ? Judged.unknown("no ping was answered")
        : Judged.holds(answered + " pongs");
  }

  /** The ping that a frame answers, in words that no other frame has. */
  private static String answeredPing(Event e, Frame frame) {
    return frame.body() instanceof Body.Pong ? e.process() + " " + frame.envelope().replyTo() : "";
  }

  private static String late(Event e, Ping ping) {
    long afterMs = (e.nanos() - ping.dueAt + WITHIN_NANOS) / NANOS_PER_MS;
    return e.process() + ": a pong came after " + afterMs + " ms";
  }

  /** The link delivers: each ping that is overdue should have been answered by now. */
  private static void delivered(Map<String, Ping> open, Event e) {
    for (Ping ping : open.values()) {
      if (ping.process.equals(e.process()) && e.nanos() > ping.dueAt) {
        ping.deliveredAt = Math.min(ping.deliveredAt, e.nanos());
      }
    }
  }
}
