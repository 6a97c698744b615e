package dev.holdfast.server.session;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.server.Retention;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.SessionState;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** All sessions of the server, by their id. */
public final class Sessions {
  private final Household house;
  private final ConcurrentMap<String, SessionActor> actors = new ConcurrentHashMap<>();
  private final ConcurrentMap<EventExecutor, Scribe> scribes = new ConcurrentHashMap<>();
  private volatile ServerInput.@Nullable Drain draining;

  public Sessions(Household house) {
    this.house = house;
    house.metrics().watchSessions(this::count);
    house
        .metrics()
        .watchRetention(
            () -> retained(kept -> kept.frames().size()), () -> retained(Retention::bytes));
  }

  private long retained(ToLongFunction<Retention> size) {
    return actors.values().stream().mapToLong(a -> size.applyAsLong(a.state().retention())).sum();
  }

  public int count() {
    return actors.size();
  }

  /** What all sessions know, each perhaps a moment old. */
  public List<SessionState> states() {
    return actors.values().stream().map(SessionActor::state).toList();
  }

  public boolean knows(String sessionId) {
    return actors.containsKey(sessionId);
  }

  /** Whether a new connection of this profile may be let in. */
  public boolean admits(String sessionId, Profile profile) {
    SessionActor actor = actors.get(sessionId);
    return actor == null || actor.admits(profile);
  }

  /** Brings a letter to a session, which is made if there is none; it will live on {@code loop}. */
  public void post(String sessionId, Letter letter, EventExecutor loop) {
    SessionActor actor = actor(sessionId, loop);
    while (!actor.post(letter)) {
      actors.remove(sessionId, actor);
      actor = actor(sessionId, loop);
    }
  }

  /** Brings a letter to a session that has room for it; false when it has none. */
  public boolean offer(String sessionId, Letter letter, EventExecutor loop) {
    SessionActor actor = actor(sessionId, loop);
    Mailbox.Receipt receipt = actor.offer(letter);
    while (receipt == Mailbox.Receipt.SHUT) {
      actors.remove(sessionId, actor);
      actor = actor(sessionId, loop);
      receipt = actor.offer(letter);
    }
    return receipt != Mailbox.Receipt.FULL;
  }

  /** Brings a letter to a session if it is still there. */
  public void postIfThere(String sessionId, Letter letter) {
    SessionActor actor = actors.get(sessionId);
    if (actor != null) {
      actor.post(letter);
    }
  }

  private SessionActor actor(String sessionId, EventExecutor loop) {
    SessionActor known = actors.get(sessionId);
    if (known != null) {
      return known;
    }
    SessionActor made = make(sessionId, loop, null);
    SessionActor first = actors.putIfAbsent(sessionId, made);
    if (first != null) {
      return first;
    }
    ServerInput.Drain now = draining;
    if (now != null) {
      made.post(Letter.of(now));
    }
    return made;
  }

  private SessionActor make(String id, EventExecutor loop, @Nullable SessionState left) {
    Scribe scribe = scribes.computeIfAbsent(loop, l -> new Scribe(l, house.audit()));
    return new SessionActor(id, loop, house, scribe, left, a -> actors.remove(a.id(), a));
  }

  /** Takes over what the store holds of an earlier process; before anybody may connect. */
  public void recover(Supplier<EventExecutor> loops) {
    for (SessionState left : house.store().left()) {
      SessionActor actor = make(left.id(), loops.get(), left);
      actors.put(left.id(), actor);
      actor.post(Letter.of(new ServerInput.Recovered()));
    }
  }

  /** Tells every session, and every one that is made from now on. */
  public void drain(ServerInput.Drain drain) {
    draining = drain;
    actors.values().forEach(actor -> actor.post(Letter.of(drain)));
  }

  public void undrain() {
    draining = null;
    actors.values().forEach(actor -> actor.post(Letter.of(new ServerInput.Undrain())));
  }

  /** Whether no session has a connection or a run. */
  public boolean atRest() {
    return actors.values().stream().allMatch(SessionActor::atRest);
  }

  /** Ends all sessions without a word. */
  public void kill() {
    actors.values().forEach(SessionActor::kill);
  }
}
