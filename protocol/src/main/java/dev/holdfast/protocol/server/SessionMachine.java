package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Few;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.SessionState.Draining;
import org.pcollections.TreePMap;

/** The session's machine: what each input does to it. Driving contract: see {@link ServerStep}. */
public final class SessionMachine implements ServerStep {
  private final ServerConfig config;

  public SessionMachine(ServerConfig config) {
    this.config = config;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    Draft d = new Draft(state, config, now);
    if (!(input instanceof ServerInput.Recovered)) {
      expireIfDue(d);
    }
    switch (input) {
      case ServerInput.Opened o -> opened(d, o);
      case ServerInput.Received r -> {
        Connection c = d.connection(r.connection());
        if (c != null) {
          Reception.received(d, c, r.decoded());
        }
      }
      case ServerInput.Closed closed -> {
        Connection c = d.connection(closed.connection());
        if (c != null) {
          d.forget(c, closed.code(), closed.reason());
        }
      }
      case ServerInput.Overflowed o -> {
        Connection c = d.connection(o.connection());
        if (c != null) {
          d.close(c, CloseCode.SLOW_CONSUMER, "too much waits to be read");
        }
      }
      case ServerInput.AgentSaid a -> Runs.agentSaid(d, a.runId(), a.event());
      case ServerInput.Posted p -> Posts.received(d, p);
      case ServerInput.Pushed p -> Pushes.received(d, p);
      case ServerInput.Drain drain -> drain(d, drain);
      case ServerInput.Undrain u -> undrain(d);
      case ServerInput.Recovered r -> recovered(d);
      case ServerInput.Woken w -> woken(d);
    }
    finishDrain(d);
    Presence.tell(d);
    return d.finish(nextDeadline(d));
  }

  private void opened(Draft d, ServerInput.Opened o) {
    Connection c = Connection.opened(o, config, d.now);
    d.put(c);
    if (o.profile() == Profile.RESUME) {
      return;
    }
    if (d.access != null) {
      d.audit(d.about(AuditEvent.REFUSE, c).with(AuditField.ERROR, "forbidden"));
      d.close(c, CloseCode.FORBIDDEN, "this session needs its token");
      return;
    }
    d.lonelySince = Connection.NEVER;
    d.audit(d.about(AuditEvent.CONNECT, c));
    d.send(c, new Status.Connected(d.id, config.heartbeatIntervalMs(), "Connected", null));
    Emission.retainedTo(d, c);
    tellOfDrain(d, c);
    for (Connection older : d.connections) {
      if (!older.id().equals(c.id()) && older.greeted()) {
        d.audit(d.about(AuditEvent.TAKEOVER, c).with(AuditField.FROM, older.id()));
        d.close(older, CloseCode.SUPERSEDED, "another connection took over");
      }
    }
  }

  /** What waited is started in its turn; whoever was connected has a whole absence from here. */
  private static void recovered(Draft d) {
    d.connections = Few.none();
    d.draining = null;
    d.lonelySince = d.now.monotonicNanos();
    d.timersLost = true;
    d.pushesPaidTo = Long.MIN_VALUE;
    Sharing.recovered(d);
    Runs.recover(d);
  }

  private void drain(Draft d, ServerInput.Drain drain) {
    d.draining = new Draining(d.now.in(drain.deadlineMs()), drain.retryAfterMs(), drain.stopping());
    d.audit(AuditEvent.of(AuditEvent.DRAIN).with(AuditField.STOPPING, drain.stopping()));
    for (Connection c : d.connections) {
      tellOfDrain(d, c);
    }
  }

  static void tellOfDrain(Draft d, Connection c) {
    if (d.draining != null && c.greeted()) {
      d.send(c, new Status.Drain(d.draining.retryAfterMs()));
    }
  }

  /** Who was told to expect the end says nothing more on its connection: it gets that end. */
  private static void undrain(Draft d) {
    if (d.draining == null) {
      return;
    }
    d.draining = null;
    for (Connection c : d.connections) {
      if (c.greeted()) {
        d.close(c, CloseCode.DRAIN, "come back");
      }
    }
  }

  /** Once nothing runs, or the time is up, every connection is closed. */
  private static void finishDrain(Draft d) {
    Draining draining = d.draining;
    if (draining == null) {
      return;
    }
    boolean timeIsUp = d.now.reached(draining.deadline());
    if (timeIsUp && draining.stopping()) {
      Runs.interruptAll(d);
    }
    if (d.runs.isEmpty() || timeIsUp) {
      int code = draining.stopping() ? CloseCode.SERVICE_RESTART : CloseCode.DRAIN;
      for (Connection c : d.connections) {
        d.close(c, code, draining.stopping() ? "the server restarts" : "use HTTP for now");
      }
    }
  }

  private void woken(Draft d) {
    Runs.timeOut(d);
    for (Connection c : d.connections) {
      attend(d, c);
    }
    boolean nothingLeft = d.runs.isEmpty() && d.connections.isEmpty();
    if (nothingLeft && d.now.reached(forgetAt(d))) {
      d.output(new ServerOutput.Forget());
    }
  }

  private void attend(Draft d, Connection c) {
    if (!c.greeted()) {
      if (d.now.reached(c.helloBy())) {
        d.close(c, CloseCode.HELLO_TIMEOUT, "no hello came");
      }
    } else if (c.silence().over(d.now)) {
      d.audit(d.about(AuditEvent.HEARTBEAT_TIMEOUT, c));
      d.close(c, CloseCode.HEARTBEAT, "nothing was heard");
    } else if (c.silence().wantsPing(d.now)) {
      d.put(c.pinged());
      d.send(c, new Frame(d.envelope().withId("s" + d.now.monotonicNanos()), new Body.Ping()));
    } else if (c.mustAck(d.now)) {
      d.send(c, new Status.Ack(0, false));
    }
  }

  /**
   * After a long absence the frames and ids of a session are given up. One position is given up
   * with them, so that whoever was away is told by its ack, however often it has to ask.
   */
  private void expireIfDue(Draft d) {
    if (!d.runs.isEmpty() || !d.now.reached(expiry(d))) {
      return;
    }
    boolean expiredAlready = d.claims.isEmpty() && d.retention.frames().isEmpty();
    if (d.access != null && !(expiredAlready && d.expiredBelow == d.topSeq && d.topSeq > 0)) {
      d.topSeq++;
      d.expiredBelow = d.topSeq;
    }
    d.retention = d.retention.givenUpTo(d.topSeq);
    d.claims = TreePMap.empty();
  }

  private long expiry(Draft d) {
    return later(d.lonelySince, config.resumeTtlMs());
  }

  /** Who was promised a resume, or must still be told of a hole, finds the session a while. */
  private long forgetAt(Draft d) {
    boolean remembered = d.access != null || d.retention.overflowed();
    return later(d.lonelySince, remembered ? config.forgetAfterMs() : config.resumeTtlMs());
  }

  private static long later(long since, long ms) {
    return since == Connection.NEVER ? Connection.NEVER : since + ms * Tick.NANOS_PER_MS;
  }

  private long nextDeadline(Draft d) {
    long deadline = d.runs.isEmpty() ? Connection.NEVER : d.runs.get(0).deadline();
    for (Connection c : d.connections) {
      deadline = Math.min(deadline, c.nextDeadline());
    }
    if (d.draining != null && !d.now.reached(d.draining.deadline())) {
      deadline = Math.min(deadline, d.draining.deadline());
    }
    if (d.runs.isEmpty() && d.connections.isEmpty()) {
      deadline = Math.min(deadline, nextAfter(d.now, expiry(d), forgetAt(d)));
    }
    return deadline;
  }

  /** The first of two moments that is still to come. */
  private static long nextAfter(Tick now, long first, long second) {
    if (!now.reached(Math.min(first, second))) {
      return Math.min(first, second);
    }
    long last = Math.max(first, second);
    return now.reached(last) ? Connection.NEVER : last;
  }
}
