package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client pings in time and leaves a link that answers nothing, neither earlier nor later; a
 * server answers a ping at once and leaves who is silent.
 */
final class HeartbeatDeadlines implements Checker {
  private static final long NANOS_PER_MS = 1_000_000;

  /** What rounding may cost. */
  private static final long SLACK_NANOS = 2 * NANOS_PER_MS;

  private static final long NEVER = Long.MAX_VALUE;

  /** A server answers a ping within a second. */
  private static final long PONG_NANOS = 1_000 * NANOS_PER_MS;

  /** In profile core no server leaves a silent client before. */
  private static final long CORE_FLOOR_MS = 75_000;

  /** One end of one connection. */
  private static final class Beat {
    private boolean connected;
    private long pingDue = NEVER;
    private long heardBy = NEVER;
    private long pongDue = NEVER;
    private @Nullable String pingId;
    private long heardAt;
  }

  @Override
  public String name() {
    return "heartbeat_deadlines";
  }

  @Override
  public String requirement() {
    return "A client pings every interval and leaves after the pong timeout and not before; a server"
        + " answers pings within a second and leaves a silent client.";
  }

  @Override
  public String premise() {
    return "The interval is known, and a client pinged.";
  }

  @Override
  public boolean bindsTime() {
    return true;
  }

  @Override
  public Judged judge(History history) {
    Terms terms = history.terms();
    if (terms.heartbeatMs() == 0) {
      return Judged.unknown("the heartbeat's interval is not known");
    }
    Lines lines = history.lines();
    @Nullable Beat[] beats = new @Nullable Beat[lines.count()];
    int pings = 0;
    List<Event> events = history.events();
    for (int i = 0; i < events.size(); i++) {
      int line = lines.at(i);
      if (line == Lines.NONE) {
        continue;
      }
      Event e = events.get(i);
      Beat beat = beats[line];
      if (beat == null) {
        beat = new Beat();
        beats[line] = beat;
      }
      String wrong = e.source() == Source.CLIENT ? client(beat, e, terms) : server(beat, e, terms);
      if (wrong != null) {
        return Judged.brokenBy(e.source(), e.process() + "#" + e.connection() + ": " + wrong);
      }
      pings += e.fact() instanceof Fact.Wrote w && w.type().equals("ping") ? 1 : 0;
      if (e.fact() instanceof Fact.Ended || e.fact() instanceof Fact.Left) {
        beats[line] = null;
      }
    }
    return pings == 0 ? Judged.unknown("no ping was sent") : Judged.holds(pings + " pings in time");
  }

  private static @Nullable String client(Beat beat, Event e, Terms terms) {
    long now = e.nanos();
    if (now > beat.heardBy + (beat.heardBy == NEVER ? 0 : SLACK_NANOS)) {
      return "a link that answers nothing was not left in time";
    }
    if (beat.pingDue != NEVER && now > beat.pingDue + SLACK_NANOS) {
      return "no ping came in time";
    }
    long interval = terms.heartbeatMs() * NANOS_PER_MS;
    switch (e.fact()) {
      case Fact.Shown s -> {
        boolean greeted = s.state() == dev.holdfast.protocol.client.LinkState.CONNECTED;
        beat.connected = greeted;
        beat.pingDue = greeted && beat.heardAt > 0 ? now + interval : NEVER;
      }
      case Fact.Heard h -> {
        beat.heardBy = NEVER;
        beat.heardAt = Math.max(1, now);
      }
      case Fact.Wrote w when w.sent() && w.type().equals("ping") -> {
        beat.pingDue = now + interval;
        beat.heardBy = Math.min(beat.heardBy, now + terms.pongTimeoutMs() * NANOS_PER_MS);
      }
      case Fact.Left l when l.code() == CloseCode.HEARTBEAT && beat.connected -> {
        if (beat.heardBy == NEVER || now < beat.heardBy) {
          return "it was left as dead before its time";
        }
      }
      default -> {}
    }
    return null;
  }

  private static @Nullable String server(Beat beat, Event e, Terms terms) {
    long now = e.nanos();
    if (beat.pongDue != NEVER && now > beat.pongDue + SLACK_NANOS) {
      return "the ping " + beat.pingId + " was not answered within a second";
    }
    long limitMs = terms.heartbeatMs() * 5 / 2;
    if (terms.profile() == Profile.CORE) {
      limitMs = Math.max(limitMs, CORE_FLOOR_MS);
    }
    long heardAt = beat.heardAt == 0 ? now : beat.heardAt;
    long silentNanos = now - heardAt - limitMs * NANOS_PER_MS;
    switch (e.fact()) {
      case Fact.Accepted a -> beat.heardAt = now;
      case Fact.Heard h -> {
        beat.heardAt = now;
        ping(beat, h.frame(), now);
      }
      case Fact.Wrote w when w.frame() != null && w.frame().body() instanceof Body.Pong ->
          beat.pongDue = NEVER;
      case Fact.Wrote w when !beat.connected && w.frame() != null ->
          beat.connected = w.frame().body() instanceof Status.Connected;
      case Fact.Left l when l.code() == CloseCode.HEARTBEAT && silentNanos < 0 -> {
        return "a client was left as silent before its time";
      }
      default -> {}
    }
    return beat.connected && silentNanos > SLACK_NANOS
        ? "a silent client was not left in time"
        : null;
  }

  private static void ping(Beat beat, @Nullable Frame frame, long now) {
    if (frame != null && frame.body() instanceof Body.Ping && beat.pongDue == NEVER) {
      beat.pongDue = now + PONG_NANOS;
      beat.pingId = frame.envelope().id();
    }
  }
}
