package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Member;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Capability presence: who is there is told soon after each change, four times a second at most,
 * and nobody is counted long after the last word from them.
 */
final class PresenceInTime implements Checker {
  private static final int MOST = 4;
  private static final long SECOND = 1_000 * Tick.NANOS_PER_MS;
  private static final long TOLD_WITHIN = 300 * Tick.NANOS_PER_MS;

  /** A connection as its server knows it. */
  private static final class Guest {
    private @Nullable String session;
    private boolean wantsToKnow;
    private int knows = -1;
    private long heardAt;
    private final Deque<Long> told = new ArrayDeque<>();
  }

  /** The sessions of one server process, and when their newest change was. */
  private static final class Inn {
    private final Map<String, Guest> guests = new HashMap<>();
    private final Map<String, Long> changedAt = new HashMap<>();
  }

  @Override
  public String name() {
    return "presence_in_time";
  }

  @Override
  public String requirement() {
    return "A client that asks for presence gets it: soon, not too often, and without clients that have been silent for long.";
  }

  @Override
  public String premise() {
    return "A client was told who is here.";
  }

  @Override
  public boolean bindsTime() {
    return true;
  }

  @Override
  public Judged judge(History history) {
    Map<String, Inn> inns = new HashMap<>();
    int told = 0;
    for (Event e : history.events()) {
      if (e.source() != Source.SERVER) {
        continue;
      }
      Inn inn = inns.computeIfAbsent(e.process(), p -> new Inn());
      String wrong = late(inn, e.nanos());
      if (wrong == null) {
        wrong = happened(inn, e, history.terms().heartbeatMs());
      }
      if (wrong != null) {
        return Judged.brokenBy(Source.SERVER, e.process() + ": " + wrong);
      }
      told += e.fact() instanceof Fact.Wrote w && isPresence(w.frame()) ? 1 : 0;
    }
    return told == 0 ? Judged.unknown("no client was sent presence") : Judged.holds(told + " told");
  }

  private static boolean isPresence(@Nullable Frame frame) {
    return frame != null && frame.body() instanceof Status.Presence;
  }

  /** Whether somebody still knows an old state though there was time to tell. */
  private static @Nullable String late(Inn inn, long now) {
    if (inn.changedAt.isEmpty()) {
      return null;
    }
    for (Guest guest : inn.guests.values()) {
      Long since = guest.session == null ? null : inn.changedAt.get(guest.session);
      boolean due = since != null && guest.wantsToKnow && now > since + TOLD_WITHIN;
      if (due && guest.knows != count(inn, guest.session)) {
        return "a connection was told of "
            + guest.knows
            + " and there are "
            + count(inn, guest.session);
      }
    }
    inn.changedAt.values().removeIf(since -> now > since + TOLD_WITHIN);
    return null;
  }

  private static int count(Inn inn, @Nullable String session) {
    int here = 0;
    for (Guest guest : inn.guests.values()) {
      here += guest.session != null && guest.session.equals(session) ? 1 : 0;
    }
    return here;
  }

  private static @Nullable String happened(Inn inn, Event e, long heartbeatMs) {
    String connection = e.connection();
    if (e.fact() instanceof Fact.Died) {
      inn.guests.clear();
      inn.changedAt.clear();
    }
    if (connection == null) {
      return null;
    }
    switch (e.fact()) {
      case Fact.Accepted a -> inn.guests.put(connection, arrived(e.nanos()));
      case Fact.Ended x -> leaves(inn, connection, e.nanos());
      case Fact.Left x -> leaves(inn, connection, e.nanos());
      case Fact.Heard h -> {
        Guest guest = inn.guests.get(connection);
        if (guest != null) {
          guest.heardAt = e.nanos();
        }
      }
      case Fact.Wrote w when w.frame() != null -> {
        Guest guest = inn.guests.get(connection);
        return guest == null ? null : told(inn, guest, w.frame(), e.nanos(), heartbeatMs);
      }
      default -> {}
    }
    return null;
  }

  private static Guest arrived(long nanos) {
    Guest guest = new Guest();
    guest.heardAt = nanos;
    return guest;
  }

  private static void leaves(Inn inn, String connection, long nanos) {
    Guest gone = inn.guests.remove(connection);
    if (gone != null && gone.session != null) {
      inn.changedAt.put(gone.session, nanos);
    }
  }

  private static @Nullable String told(
      Inn inn, Guest guest, Frame frame, long nanos, long heartbeatMs) {
    if (frame.body() instanceof Status.Connected c && c.resumption() != null) {
      guest.session = c.sessionId();
      guest.wantsToKnow = c.resumption().capabilities().contains(Capability.PRESENCE);
      if (guest.session != null) {
        inn.changedAt.put(guest.session, nanos);
      }
    }
    if (!(frame.body() instanceof Status.Presence p)) {
      return null;
    }
    guest.knows = p.members().stream().mapToInt(Member::connections).sum();
    guest.told.addLast(nanos);
    if (guest.told.size() > MOST && nanos - guest.told.removeFirst() < SECOND) {
      return MOST + 1 + " told within a second";
    }
    return silent(inn, guest, nanos, heartbeatMs);
  }

  /** Two and a half intervals without a word, and a second, end every connection. */
  private static @Nullable String silent(Inn inn, Guest of, long nanos, long heartbeatMs) {
    long bound = heartbeatMs * 5 / 2 * Tick.NANOS_PER_MS + SECOND;
    for (Guest guest : inn.guests.values()) {
      boolean counted = guest.session != null && guest.session.equals(of.session);
      if (heartbeatMs > 0 && counted && nanos - guest.heardAt > bound) {
        return "a client is counted that sent nothing for "
            + (nanos - guest.heardAt) / 1_000_000
            + " ms";
      }
    }
    return null;
  }
}
