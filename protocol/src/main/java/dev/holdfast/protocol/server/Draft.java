package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.server.SessionState.Access;
import dev.holdfast.protocol.server.SessionState.Draining;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PVector;

/** A session while one step changes it: the state thawed, and the outputs so far. */
final class Draft {
  final ServerConfig config;
  final Tick now;
  final String id;
  private final SessionState before;
  private final List<ServerOutput> outputs = new ArrayList<>();
  private @Nullable String stamp;

  String epoch;
  @Nullable Access access;
  PVector<Connection> connections;
  PMap<String, ClientPositions> clients;
  Retention retention;
  long topSeq;
  PMap<String, Claim> claims;
  PVector<Run> runs;
  PVector<SnapshotRun> remembered;
  long lonelySince;
  long expiredBelow;
  @Nullable Draining draining;
  long pushesPaidTo;
  boolean timersLost;

  Draft(SessionState state, ServerConfig config, Tick now) {
    this.config = config;
    this.now = now;
    before = state;
    id = state.id();
    epoch = state.epoch();
    access = state.access();
    connections = state.connections();
    clients = state.clients();
    retention = state.retention();
    topSeq = state.topSeq();
    claims = state.claims();
    runs = state.runs();
    remembered = state.remembered();
    lonelySince = state.lonelySince();
    expiredBelow = state.expiredBelow();
    draining = state.draining();
    pushesPaidTo = state.pushesPaidTo();
  }

  Step<SessionState, ServerOutput> finish(long deadline) {
    long wakeAt = before.wakeAt();
    boolean spent = timersLost || now.reached(wakeAt);
    if (deadline < wakeAt || spent) {
      wakeAt = deadline;
      if (deadline != Connection.NEVER) {
        outputs.add(new ServerOutput.WakeAt(deadline));
      }
    }
    return new Step<>(
        new SessionState(
            id,
            epoch,
            access,
            connections,
            clients,
            retention,
            topSeq,
            claims,
            runs,
            remembered,
            lonelySince,
            expiredBelow,
            draining,
            pushesPaidTo,
            wakeAt),
        outputs);
  }

  void output(ServerOutput output) {
    outputs.add(output);
  }

  void audit(AuditEvent event) {
    outputs.add(new ServerOutput.Audit(event.with(AuditField.SESSION_ID, id)));
  }

  /** An audit entry about a connection. */
  AuditEvent about(String event, Connection c) {
    return AuditEvent.of(event)
        .with(AuditField.CONNECTION_ID, c.id())
        .with(AuditField.CLIENT_ID, c.clientId().isEmpty() ? null : c.clientId())
        .with(AuditField.USER_ID, c.userId());
  }

  @Nullable Connection connection(String connectionId) {
    int index = indexOf(connectionId);
    return index < 0 ? null : connections.get(index);
  }

  void put(Connection changed) {
    int index = indexOf(changed.id());
    connections = index < 0 ? connections.plus(changed) : connections.with(index, changed);
  }

  private int indexOf(String connectionId) {
    for (int i = 0; i < connections.size(); i++) {
      if (connections.get(i).id().equals(connectionId)) {
        return i;
      }
    }
    return -1;
  }

  ClientPositions positions(Connection c) {
    return clients.getOrDefault(c.clientId(), ClientPositions.UNKNOWN);
  }

  /** Forgets a connection; frames of the session are retained from here if it was the last. */
  void forget(Connection c, int code, String reason) {
    int index = indexOf(c.id());
    if (index < 0) {
      return;
    }
    connections = connections.minus(index);
    ClientPositions positions = clients.get(c.clientId());
    if (positions != null && positions.sync()) {
      clients = clients.plus(c.clientId(), positions.seen(now));
    }
    boolean wasPartOfIt = c.greeted() || lonelySince == Connection.NEVER;
    if (wasPartOfIt && !anybodyThere()) {
      lonelySince = now.monotonicNanos();
    }
    long lasted = (now.monotonicNanos() - c.openedAt()) / Tick.NANOS_PER_MS;
    audit(
        about(AuditEvent.DISCONNECT, c)
            .with(AuditField.CODE, code)
            .with(AuditField.REASON, reason)
            .with(AuditField.DURATION_MS, lasted));
  }

  /** Whether a client has said a good hello and is still connected. */
  boolean isHere(String clientId) {
    return connections.stream().anyMatch(c -> c.greeted() && c.clientId().equals(clientId));
  }

  /** Whether some connection may be sent the session's frames. */
  boolean anybodyThere() {
    for (Connection c : connections) {
      if (c.greeted()) {
        return true;
      }
    }
    return false;
  }

  void close(Connection c, int code, String reason) {
    forget(c, code, reason);
    outputs.add(new ServerOutput.Close(c.id(), code, reason));
  }

  Envelope envelope() {
    if (stamp == null) {
      stamp = Timestamps.format(now.wall());
    }
    return Envelope.at(stamp).withSession(id);
  }

  void send(Connection c, Body body) {
    send(c, new Frame(envelope(), body));
  }

  /** Sends on one connection; in profile resume the acknowledgement travels along. */
  void send(Connection c, Frame frame) {
    Connection current = connection(c.id());
    if (current == null) {
      return;
    }
    Frame out = frame;
    if (current.resumes() && current.greeted()) {
      out = frame.with(frame.envelope().withAck(positions(current).processed()));
      put(current.sent(frame.envelope().seq()));
    }
    outputs.add(new ServerOutput.Send(c.id(), out));
  }
}
