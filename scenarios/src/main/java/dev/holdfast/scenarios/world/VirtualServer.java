package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.Claim;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A server machine of the simulated world: the real session machine, a store, an agent. */
final class VirtualServer {
  private final Agenda agenda;
  private final Clock clock;
  private final ServerStep step;
  private final Repertoire repertoire;
  private final ServerWitness witness;
  private final VirtualStore store;
  private final @Nullable Coverage coverage;
  private final Map<String, Household> sessions = new TreeMap<>();
  private final Map<String, VirtualLink> links = new HashMap<>();
  private final Set<String> cancelled = new HashSet<>();
  private @Nullable VirtualNetwork network;
  private boolean down;
  private boolean stopping;
  private int life;

  VirtualServer(
      Agenda agenda,
      Clock clock,
      ServerStep step,
      Repertoire repertoire,
      ServerWitness witness,
      VirtualStore store,
      @Nullable Coverage coverage) {
    this.agenda = agenda;
    this.clock = clock;
    this.step = step;
    this.repertoire = repertoire;
    this.witness = witness;
    this.store = store;
    this.coverage = coverage;
  }

  /** A session in memory, and its one alarm. */
  private final class Household {
    private final String id;
    private final Runnable alarm = this::ring;
    private SessionState state;
    private long wakeAt = Long.MAX_VALUE;
    private long ringsAt = Long.MAX_VALUE;
    private boolean forgotten;

    Household(SessionState state) {
      this.id = state.id();
      this.state = state;
    }

    void wakeAt(long nanos) {
      wakeAt = nanos;
      if (nanos < ringsAt) {
        setAlarm(nanos);
      }
    }

    private void setAlarm(long nanos) {
      ringsAt = nanos;
      agenda.at(clock.worldNanos(nanos), alarm);
    }

    private void ring() {
      long now = clock.nanos();
      if (forgotten || now < ringsAt) {
        return;
      }
      ringsAt = Long.MAX_VALUE;
      if (now >= wakeAt) {
        wakeAt = Long.MAX_VALUE;
        tell(id, new ServerInput.Woken());
      } else if (wakeAt != Long.MAX_VALUE) {
        setAlarm(wakeAt);
      }
    }
  }

  void join(VirtualNetwork joined) {
    network = joined;
  }

  Clock clock() {
    return clock;
  }

  boolean isDown() {
    return down;
  }

  boolean isStopping() {
    return stopping;
  }

  /** The process ends: all that was in memory is gone, and no run goes on. */
  void crash() {
    for (Household household : sessions.values()) {
      household.forgotten = true;
      store.lastSeen(household.state, agenda.now());
    }
    witness.died(clock);
    sessions.clear();
    links.clear();
    cancelled.clear();
    life++;
    down = true;
    stopping = false;
  }

  /** The process starts again with what its store held. */
  void restart() {
    down = false;
    List<SessionState> kept = store.restored(step, clock, agenda);
    if (store.forgets()) {
      witness.forgot(clock);
    }
    for (SessionState state : kept) {
      sessions.put(state.id(), new Household(state));
    }
    kept.forEach(state -> tell(state.id(), new ServerInput.Recovered()));
  }

  /** No new sockets or messages; runs in progress go on until the time is up. */
  void drain(long retryAfterMs, long deadlineMs, boolean stops) {
    stopping = stops;
    for (String session : List.copyOf(sessions.keySet())) {
      tell(session, new ServerInput.Drain(retryAfterMs, deadlineMs, stops));
    }
  }

  void undrain() {
    stopping = false;
    for (String session : List.copyOf(sessions.keySet())) {
      tell(session, new ServerInput.Undrain());
    }
  }

  /** Whether a handshake of this profile is let in to a session. */
  boolean admits(String session, Profile profile) {
    Household household = sessions.get(session);
    return household == null || household.state.admits(profile);
  }

  void opened(VirtualLink link, Profile profile, String user) {
    links.put(link.serverName(), link);
    witness.opened(clock, link);
    tell(
        link.session(),
        new ServerInput.Opened(link.serverName(), profile, user, agenda.name("token-")));
  }

  void received(VirtualLink link, String text) {
    Decoded decoded = Codec.decode(text, Codec.Reading.STRICT);
    witness.received(clock, link.serverName(), decoded);
    tell(link.session(), new ServerInput.Received(link.serverName(), decoded));
  }

  void closed(VirtualLink link, int code, String reason) {
    links.remove(link.serverName());
    witness.closed(clock, link.serverName(), code, false);
    tell(link.session(), new ServerInput.Closed(link.serverName(), code, reason));
  }

  /** The end of a connection that this server closed itself: news to nobody. */
  void closedAlready(VirtualLink link, int code, String reason) {
    if (sessions.containsKey(link.session())) {
      tell(link.session(), new ServerInput.Closed(link.serverName(), code, reason));
    }
  }

  /** More waits for a peer that does not read than the server will hold. */
  void overflowed(VirtualLink link) {
    agenda.in(
        0,
        () -> {
          if (links.containsKey(link.serverName())) {
            tell(link.session(), new ServerInput.Overflowed(link.serverName()));
          }
        });
  }

  void posted(String session, ServerInput.Posted posted) {
    tell(session, posted);
  }

  /** A push to a session that nobody knows leads to nothing, as in the reference. */
  void pushed(String session, ServerInput.Pushed push) {
    if (sessions.containsKey(session)) {
      witness.pushAsked(clock, push.request(), String.valueOf(push.id()));
      tell(session, push);
    }
  }

  private void tell(String session, ServerInput input) {
    Household household = sessions.get(session);
    if (household == null) {
      household = new Household(SessionState.fresh(session, agenda.name("epoch-")));
      sessions.put(session, household);
    }
    if (coverage != null) {
      coverage.server(household.state, input);
    }
    SessionState before = household.state;
    Step<SessionState, ServerOutput> next = step.step(before, input, clock.tick());
    household.state = next.state();
    if (idsExpired(before, next.state())) {
      witness.forgot(clock);
    }
    store.save(household.state, agenda.now());
    for (ServerOutput output : next.outputs()) {
      carryOut(household, output);
    }
  }

  /** After a long absence the ids of a session are given up: a message may be worked on again. */
  private static boolean idsExpired(SessionState before, SessionState after) {
    return before.connections().isEmpty()
        && !before.claims().isEmpty()
        && before.claims().entrySet().stream()
            .noneMatch(claim -> {
              Claim now = after.claims().get(claim.getKey());
              return now != null && now.runId().equals(claim.getValue().runId());
            });
  }

  private void carryOut(Household household, ServerOutput output) {
    switch (output) {
      case ServerOutput.Send s -> {
        VirtualLink link = links.get(s.connection());
        if (link != null) {
          witness.sent(clock, s.connection(), s.frame());
          link.toClient(s.frame());
        }
      }
      case ServerOutput.Close c -> {
        VirtualLink link = links.remove(c.connection());
        if (link != null) {
          witness.closed(clock, c.connection(), c.code(), true);
          link.closedByServer(c.code(), c.reason());
        }
      }
      case ServerOutput.StartRun r -> new Working(household.id, r).goOn();
      case ServerOutput.CancelRun c -> cancelled.add(c.runId());
      case ServerOutput.WakeAt w -> household.wakeAt(w.nanos());
      case ServerOutput.Forget f -> {
        household.forgotten = true;
        sessions.remove(household.id);
        store.drop(household.id);
      }
      case ServerOutput.Reply r when r.request().startsWith(VirtualNetwork.PUSH) -> {
        String run = r.reply() instanceof HttpReply.Pushed taken ? taken.runId() : null;
        witness.pushAnswered(clock, r.request(), run);
      }
      case ServerOutput.Reply r -> {
        if (network != null) {
          network.replied(r.request(), r.reply());
        }
      }
      case ServerOutput.Audit a -> witness.audited(a.event());
    }
  }

  /**
   * An agent at work on one run: the same words as on real sockets, evenly spread over its time.
   */
  private final class Working implements Runnable {
    private final String session;
    private final ServerOutput.StartRun run;
    private final Repertoire.Piece piece;
    private final long begunAt = agenda.now();
    private final int begunIn = life;
    private int next;

    Working(String session, ServerOutput.StartRun run) {
      this.session = session;
      this.run = run;
      piece = repertoire.of(run.content());
    }

    void goOn() {
      if (next < piece.events().size()) {
        agenda.at(begunAt + piece.nanosAt(next), this);
      }
    }

    @Override
    public void run() {
      if (begunIn != life || cancelled.contains(run.runId())) {
        return;
      }
      AgentEvent event = piece.events().get(next++);
      if (event instanceof AgentEvent.Tool t) {
        witness.tool(clock, run, t);
      }
      tell(session, new ServerInput.AgentSaid(run.runId(), event));
      goOn();
    }
  }
}
