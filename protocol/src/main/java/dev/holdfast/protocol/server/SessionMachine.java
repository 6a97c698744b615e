package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.SessionState.Access;
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
    expireIfDue(d);
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
      case ServerInput.Drain drain -> drain(d, drain);
      case ServerInput.Undrain u -> d.draining = null;
      case ServerInput.Woken w -> woken(d);
    }
    finishDrain(d);
    return d.finish(nextDeadline(d));
  }

  private void opened(Draft d, ServerInput.Opened o) {
    Connection c = Connection.opened(o, config, d.now);
    d.put(c);
    if (o.profile() == Profile.RESUME) {
      return;
    }
    if (d.access != null) {
      d.audit(d.about(AuditEvent.REFUSE, c).with("error", "forbidden"));
      d.close(c, CloseCode.FORBIDDEN, "this session needs its token");
      return;
    }
    d.lonelySince = Connection.NEVER;
    d.expired = false;
    d.audit(d.about(AuditEvent.CONNECT, c));
    d.send(c, new Status.Connected(d.id, config.heartbeatIntervalMs(), "Connected", null));
    Emission.retainedTo(d, c);
    for (Connection older : d.connections) {
      if (!older.id().equals(c.id()) && older.greeted()) {
        d.audit(d.about(AuditEvent.TAKEOVER, c).with("from", older.id()));
        d.close(older, CloseCode.SUPERSEDED, "another connection took over");
      }
    }
  }

  private void drain(Draft d, ServerInput.Drain drain) {
    d.draining = new Draining(d.now.in(drain.deadlineMs()), drain.retryAfterMs(), drain.stopping());
    d.audit(AuditEvent.of(AuditEvent.DRAIN).with("stopping", drain.stopping()));
    for (Connection c : d.connections) {
      if (c.greeted()) {
        d.send(c, new Status.Drain(drain.retryAfterMs()));
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
    if (d.now.reached(c.helloBy())) {
      d.close(c, CloseCode.HELLO_TIMEOUT, "no hello came");
    } else if (c.silence().over(d.now)) {
      d.audit(d.about(AuditEvent.HEARTBEAT_TIMEOUT, c));
      d.close(c, CloseCode.HEARTBEAT, "nothing was heard");
    } else if (c.silence().wantsPing(d.now)) {
      d.put(c.pinged());
      d.send(c, new Frame(d.envelope().withId("s" + d.now.monotonicNanos()), new Body.Ping()));
    } else if (d.now.reached(c.ackOwedAt())) {
      d.send(c, new Status.Ack(0, false));
    }
  }

  /** After a long absence the frames and ids of a session are given up. */
  private void expireIfDue(Draft d) {
    if (!d.runs.isEmpty() || !d.now.reached(expiry(d))) {
      return;
    }
    d.expired = d.access != null;
    d.retention = Retention.emptyAbove(d.topSeq);
    d.claims = TreePMap.empty();
  }

  private long expiry(Draft d) {
    return later(d.lonelySince, config.resumeTtlMs());
  }

  private long forgetAt(Draft d) {
    Access access = d.access;
    return later(d.lonelySince, access == null ? config.resumeTtlMs() : config.forgetAfterMs());
  }

  private static long later(long since, long ms) {
    return since == Connection.NEVER ? Connection.NEVER : since + ms * Tick.NANOS_PER_MS;
  }

  private long nextDeadline(Draft d) {
    long deadline = d.runs.isEmpty() ? Connection.NEVER : d.runs.get(0).deadline();
    for (Connection c : d.connections) {
      deadline = Math.min(deadline, c.nextDeadline());
    }
    if (d.draining != null && !(d.runs.isEmpty() && d.connections.isEmpty())) {
      deadline = Math.min(deadline, d.draining.deadline());
    }
    if (d.runs.isEmpty() && d.connections.isEmpty()) {
      deadline = Math.min(deadline, forgetAt(d));
    }
    return deadline;
  }
}
