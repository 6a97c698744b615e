package dev.holdfast.protocol.broken;

import dev.holdfast.protocol.client.Heartbeat;
import dev.holdfast.protocol.client.Phase;
import dev.holdfast.protocol.client.Resuming;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.Claim;
import dev.holdfast.protocol.server.ClientPositions;
import dev.holdfast.protocol.server.Connection;
import dev.holdfast.protocol.server.Retention;
import dev.holdfast.protocol.server.Run;
import dev.holdfast.protocol.server.SessionState;
import dev.holdfast.protocol.server.SessionState.Access;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PVector;

/** Records with one part changed, for the twins. */
final class Change {
  private Change() {}

  /** A greeting with what it says of resuming changed; one of profile core stays. */
  static Body resumption(Status.Connected c, Function<Resumption, Resumption> change) {
    Resumption r = c.resumption();
    return r == null
        ? c
        : new Status.Connected(
            c.sessionId(), c.heartbeatIntervalMs(), c.message(), change.apply(r));
  }

  static Resumption outcome(
      Resumption r, Resumption.Outcome outcome, Resumption.@Nullable Reason reason) {
    return new Resumption(
        outcome,
        reason,
        r.idsKept(),
        r.epoch(),
        r.resumeToken(),
        r.ack(),
        r.topSeq(),
        r.limits(),
        r.capabilities());
  }

  static Resumption idsKept(Resumption r) {
    return new Resumption(
        r.outcome(),
        r.reason(),
        true,
        r.epoch(),
        r.resumeToken(),
        r.ack(),
        r.topSeq(),
        r.limits(),
        r.capabilities());
  }

  static Resumption identity(Resumption r, String epoch, String token) {
    return new Resumption(
        r.outcome(),
        r.reason(),
        r.idsKept(),
        epoch,
        token,
        r.ack(),
        r.topSeq(),
        r.limits(),
        r.capabilities());
  }

  static Resumption positions(Resumption r, long ack, long topSeq) {
    return new Resumption(
        r.outcome(),
        r.reason(),
        r.idsKept(),
        r.epoch(),
        r.resumeToken(),
        ack,
        topSeq,
        r.limits(),
        r.capabilities());
  }

  static Resumption capabilities(Resumption r, List<String> capabilities) {
    return new Resumption(
        r.outcome(),
        r.reason(),
        r.idsKept(),
        r.epoch(),
        r.resumeToken(),
        r.ack(),
        r.topSeq(),
        r.limits(),
        capabilities);
  }

  static Resumption noLimits(Resumption r) {
    return new Resumption(
        r.outcome(),
        r.reason(),
        r.idsKept(),
        r.epoch(),
        r.resumeToken(),
        r.ack(),
        r.topSeq(),
        new Resumption.Limits(0, 0, 0, 0, 0, 0, 0),
        r.capabilities());
  }

  static Status.Hello hello(
      Status.Hello h, long attempt, @Nullable String epoch, long ack, List<String> capabilities) {
    return new Status.Hello(
        h.clientId(), attempt, h.resumeToken(), epoch, ack, h.queued(), capabilities);
  }

  static Status.Hello token(Status.Hello h, @Nullable String token) {
    return new Status.Hello(
        h.clientId(), h.attempt(), token, h.epoch(), h.ack(), h.queued(), h.capabilities());
  }

  static Message piece(Message m, Message.Stream.State state, int offset, @Nullable String delta) {
    return new Message(
        null, null, List.of(), List.of(), null, new Message.Stream(state, offset), delta);
  }

  static Message.Stream place(Message piece) {
    return Objects.requireNonNull(piece.stream(), "a piece");
  }

  static SnapshotRun nameless(SnapshotRun r) {
    return new SnapshotRun(
        r.runId(), null, r.state(), r.text(), r.artifacts(), r.tools(), r.error());
  }

  static SessionState session(
      SessionState s,
      String epoch,
      @Nullable Access access,
      PMap<String, ClientPositions> clients,
      long topSeq,
      PMap<String, Claim> claims) {
    return new SessionState(
        s.id(),
        epoch,
        access,
        s.connections(),
        clients,
        s.retention(),
        topSeq,
        claims,
        s.runs(),
        s.remembered(),
        s.lonelySince(),
        s.expiredBelow(),
        s.draining(),
        s.pushesPaidTo(),
        s.wakeAt());
  }

  static SessionState access(SessionState s, @Nullable Access access) {
    return session(s, s.epoch(), access, s.clients(), s.topSeq(), s.claims());
  }

  static SessionState clients(SessionState s, PMap<String, ClientPositions> clients) {
    return session(s, s.epoch(), s.access(), clients, s.topSeq(), s.claims());
  }

  static SessionState topSeq(SessionState s, long topSeq) {
    return session(s, s.epoch(), s.access(), s.clients(), topSeq, s.claims());
  }

  static SessionState claims(SessionState s, PMap<String, Claim> claims) {
    return session(s, s.epoch(), s.access(), s.clients(), s.topSeq(), claims);
  }

  static ClientPositions processed(ClientPositions p, long processed) {
    return new ClientPositions(p.attempt(), processed, p.acked(), p.gapAt(), p.seenAt(), p.sync());
  }

  static Resuming received(Resuming r, long position) {
    return new Resuming(
        r.clientId(),
        r.attempt(),
        r.token(),
        r.epoch(),
        r.lastSeq(),
        position,
        r.gapAt(),
        r.maxFrameBytes());
  }

  /** A client that forgets where it met a gap. */
  static Resuming withoutGap(Resuming r) {
    return new Resuming(
        r.clientId(),
        r.attempt(),
        r.token(),
        r.epoch(),
        r.lastSeq(),
        r.received(),
        0,
        r.maxFrameBytes());
  }

  /** A session with other connections, runs or retained frames. */
  static SessionState house(
      SessionState s, PVector<Connection> connections, PVector<Run> runs, Retention retention) {
    return new SessionState(
        s.id(),
        s.epoch(),
        s.access(),
        connections,
        s.clients(),
        retention,
        s.topSeq(),
        s.claims(),
        runs,
        s.remembered(),
        s.lonelySince(),
        s.expiredBelow(),
        s.draining(),
        s.pushesPaidTo(),
        s.wakeAt());
  }

  /** An open connection that goes by another heartbeat. */
  static Phase.Open heartbeat(Phase.Open o, Heartbeat beat) {
    return new Phase.Open(
        o.connection(),
        o.profile(),
        beat,
        o.stableAt(),
        o.unackedFrames(),
        o.ackBy(),
        o.capabilities(),
        o.reset(),
        o.draining(),
        o.retryAfterMs());
  }
}
