package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.server.ClientPositions;
import dev.holdfast.protocol.server.Run;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/** What a server's process leaves behind when it ends: all, all but the newest, or nothing. */
final class VirtualStore {

  /** How a store keeps what it is given. */
  enum Kind {
    KEEPS,
    /** What was written last may be gone. */
    LAGS,
    LOSES
  }

  /** How far a lagging store is behind. */
  private static final long LAG_NANOS = 500_000_000;

  private record Saved(SessionState state, long at) {}

  private final Kind kind;
  private final Map<String, Saved> saved = new TreeMap<>();

  VirtualStore(Kind kind) {
    this.kind = kind;
  }

  /** Whether a restart may lose something. */
  boolean forgets() {
    return kind != Kind.KEEPS;
  }

  void save(SessionState state, long now) {
    if (kind == Kind.LAGS) {
      Saved before = saved.get(state.id());
      if (before == null || now - before.at() > LAG_NANOS) {
        saved.put(state.id(), new Saved(state, now));
      }
    }
  }

  /** The state in which the process ended, for a store that keeps. */
  void lastSeen(SessionState state, long now) {
    if (kind == Kind.KEEPS) {
      saved.put(state.id(), new Saved(state, now));
    }
  }

  void drop(String session) {
    saved.remove(session);
  }

  /**
   * What a new process finds, before it recovers: as it was kept, or, from a store that lagged, in
   * a new epoch in which every run was interrupted and only ids and results are left.
   */
  List<SessionState> restored(ServerStep step, Clock clock, Agenda agenda) {
    List<SessionState> states = new ArrayList<>();
    for (Saved s : saved.values()) {
      SessionState found = found(s.state());
      states.add(
          kind == Kind.LAGS
              ? inNewEpoch(interrupted(found, step, clock), agenda.name("epoch-"), clock)
              : found);
    }
    saved.clear();
    return states;
  }

  /** What outlives a process of a session: no connection, no timer and no half of an answer. */
  private static SessionState found(SessionState kept) {
    SessionState fresh = SessionState.fresh(kept.id(), kept.epoch());
    return new SessionState(
        kept.id(),
        kept.epoch(),
        kept.access(),
        fresh.connections(),
        inOrder(kept.clients()),
        kept.retention(),
        kept.topSeq(),
        kept.claims(),
        TreePVector.from(kept.runs().stream().map(VirtualStore::found).toList()),
        kept.remembered(),
        fresh.lonelySince(),
        kept.expiredBelow(),
        fresh.draining(),
        fresh.pushesPaidTo(),
        fresh.wakeAt());
  }

  /** Of hellos only the order is kept. */
  private static PMap<String, ClientPositions> inOrder(PMap<String, ClientPositions> clients) {
    PMap<String, ClientPositions> ordered = TreePMap.empty();
    List<Map.Entry<String, ClientPositions>> oldestFirst = new ArrayList<>(clients.entrySet());
    oldestFirst.sort(Comparator.comparingLong(client -> client.getValue().seenAt()));
    for (Map.Entry<String, ClientPositions> client : oldestFirst) {
      ClientPositions p = client.getValue();
      long place = Long.MIN_VALUE + ordered.size();
      ordered =
          ordered.plus(
              client.getKey(),
              new ClientPositions(
                  p.attempt(), p.processed(), p.acked(), p.gapAt(), place, p.sync()));
    }
    return ordered;
  }

  private static Run found(Run run) {
    return new Run(
        run.id(),
        run.messageId(),
        run.clientNamed(),
        run.overHttp(),
        run.pushed(),
        run.content(),
        run.history(),
        0,
        Long.MAX_VALUE,
        run.started(),
        TreePVector.empty(),
        0,
        "",
        run.tools(),
        TreePVector.empty(),
        run.doomed());
  }

  private static SessionState interrupted(SessionState found, ServerStep step, Clock clock) {
    SessionState state = step.step(found, new ServerInput.Recovered(), clock.tick()).state();
    state = step.step(state, new ServerInput.Drain(0, 0, true), clock.tick()).state();
    return step.step(state, new ServerInput.Undrain(), clock.tick()).state();
  }

  private static SessionState inNewEpoch(SessionState s, String epoch, Clock clock) {
    SessionState fresh = SessionState.fresh(s.id(), epoch);
    return new SessionState(
        fresh.id(),
        fresh.epoch(),
        null,
        TreePVector.empty(),
        TreePMap.empty(),
        fresh.retention(),
        0,
        s.claims(),
        TreePVector.empty(),
        s.remembered(),
        clock.nanos(),
        0,
        null,
        fresh.pushesPaidTo(),
        Long.MAX_VALUE);
  }
}
