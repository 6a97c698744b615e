package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
   * What a new process begins with. Its connections are gone and its runs are interrupted; a store
   * that lagged starts a new epoch, in which only ids and results are left.
   */
  List<SessionState> restored(ServerStep step, Clock clock, Agenda agenda) {
    List<SessionState> states = new ArrayList<>();
    for (Saved s : saved.values()) {
      SessionState state = interrupted(s.state(), step, clock);
      states.add(kind == Kind.LAGS ? inNewEpoch(state, agenda.name("epoch-"), clock) : state);
    }
    saved.clear();
    return states;
  }

  private static SessionState interrupted(SessionState saved, ServerStep step, Clock clock) {
    SessionState state = saved;
    for (var connection : saved.connections()) {
      var closed = new ServerInput.Closed(connection.id(), 1006, "the process ended");
      state = step.step(state, closed, clock.tick()).state();
    }
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
