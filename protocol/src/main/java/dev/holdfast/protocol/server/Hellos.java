package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Resumption.Outcome;
import dev.holdfast.protocol.frame.Resumption.Reason;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.SessionState.Access;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a hello leads to: new, resumed or reset; or a refusal that leaves the session as it was. */
final class Hellos {
  private Hellos() {}

  static void said(Draft d, Connection c, Status.Hello hello) {
    Access access = d.access;
    if (access != null && !mayEnter(d, access, hello)) {
      d.audit(d.about(AuditEvent.REFUSE, c).with(AuditField.ERROR, "bad_token"));
      d.close(c, CloseCode.BAD_TOKEN, "the resume token is missing or wrong");
      return;
    }
    ClientPositions known = d.clients.getOrDefault(hello.clientId(), ClientPositions.UNKNOWN);
    if (hello.attempt() <= known.attempt()) {
      d.close(c, CloseCode.SUPERSEDED, "this client has said a later hello");
      return;
    }
    if (agreed(d, hello).contains(Capability.SYNC) && Sharing.full(d, hello.clientId())) {
      d.audit(d.about(AuditEvent.REFUSE, c).with(AuditField.ERROR, "too_many_together"));
      d.close(c, CloseCode.RATE_LIMITED, "too many clients share this session");
      return;
    }
    enter(d, c, hello, known);
  }

  /**
   * Whether the token fits. The client that opened the session may come back without one until the
   * token surely arrived: its first {@code connected} may have been lost on the way. If it went
   * before, anybody may: nobody has the token, and a session that nobody can enter is lost.
   */
  private static boolean mayEnter(Draft d, Access access, Status.Hello hello) {
    String token = hello.resumeToken();
    if (token == null) {
      return !access.proven()
          && (access.openedBy().equals(hello.clientId()) || !d.isHere(access.openedBy()));
    }
    return Digest.sameSecret(access.token(), token);
  }

  private static void enter(Draft d, Connection c, Status.Hello hello, ClientPositions known) {
    @Nullable Reason reason = reasonToReset(d, hello);
    boolean first = d.access == null;
    Access access = admit(d, c, hello);
    if (first) {
      Emission.numberRetained(d);
      if (reason == Reason.EPOCH_CHANGED && d.topSeq == 0) {
        d.topSeq = 1; // The snapshot stands for it: whoever comes later from 0 is shown one too.
        d.retention = d.retention.givenUpTo(1);
      }
    }
    Set<String> agreed = agreed(d, hello);
    boolean shares = agreed.contains(Capability.SYNC);
    boolean idsKept = reason == Reason.OVERFLOW;
    long from = reason == null ? hello.ack() : d.topSeq;
    if (first || isFromAnotherEpoch(d, hello)) {
      known = ClientPositions.UNKNOWN;
    }
    d.clients =
        d.clients.plus(hello.clientId(), known.saidHello(hello.attempt(), from, shares, d.now));
    forgetWhoWasAwayLongest(d);
    d.lonelySince = Connection.NEVER;
    Connection greeted = c.saidHello(hello.clientId(), agreed, d.topSeq);
    d.put(greeted);
    Outcome outcome = outcome(d, first, reason);
    audit(d, greeted, outcome, reason);
    d.send(greeted, connected(d, access, outcome, reason, idsKept, known.processed(), greeted));
    if (reason == null) {
      replay(d, greeted, from, outcome);
    } else {
      Sharing.acked(d, greeted.clientId(), d.topSeq);
      d.send(greeted, Snapshots.of(d));
      streamSoFar(d, greeted);
    }
    SessionMachine.tellOfDrain(d, greeted);
    takeOver(d, greeted);
  }

  /** Positions of clients are kept within a bound; whoever is connected keeps its own. */
  private static void forgetWhoWasAwayLongest(Draft d) {
    if (d.clients.size() <= ServerConfig.REMEMBERED_CLIENTS) {
      return;
    }
    Set<String> present = new HashSet<>();
    d.connections.forEach(c -> present.add(c.clientId()));
    d.clients.entrySet().stream()
        .filter(
            e -> !present.contains(e.getKey()) && e.getValue().seenAt() < d.now.monotonicNanos())
        .min(Comparator.comparingLong(e -> e.getValue().seenAt()))
        .ifPresent(e -> d.clients = d.clients.minus(e.getKey()));
  }

  /** Whether this client may have been forgotten for the bound: it speaks of earlier hellos. */
  private static boolean isForgotten(Draft d, Status.Hello hello) {
    return hello.attempt() > 1
        && d.clients.size() >= ServerConfig.REMEMBERED_CLIENTS
        && !d.clients.containsKey(hello.clientId());
  }

  private static boolean isFromAnotherEpoch(Draft d, Status.Hello hello) {
    return hello.epoch() != null && !hello.epoch().equals(d.epoch);
  }

  private static Outcome outcome(Draft d, boolean first, @Nullable Reason reason) {
    if (reason != null) {
      return Outcome.RESET;
    }
    return first && d.topSeq == 0 ? Outcome.NEW : Outcome.RESUMED;
  }

  /** Why what the client holds and what the server holds do not fit together; null if they do. */
  private static @Nullable Reason reasonToReset(Draft d, Status.Hello hello) {
    if (d.access == null) {
      boolean hadMore = hello.resumeToken() != null || hello.epoch() != null || hello.ack() > 0;
      if (hadMore) {
        return untouched(d) ? Reason.UNKNOWN : Reason.EPOCH_CHANGED;
      }
      return d.retention.overflowed() ? Reason.OVERFLOW : null;
    }
    if (isFromAnotherEpoch(d, hello) || hello.ack() > d.topSeq) {
      return Reason.EPOCH_CHANGED;
    }
    if (hello.ack() < d.expiredBelow) {
      return Reason.EXPIRED;
    }
    boolean complete = d.retention.covers(hello.ack()) && !isForgotten(d, hello);
    return complete ? null : Reason.OVERFLOW;
  }

  private static boolean untouched(Draft d) {
    return d.runs.isEmpty() && d.remembered.isEmpty() && d.claims.isEmpty();
  }

  private static Access admit(Draft d, Connection c, Status.Hello hello) {
    Access access = d.access;
    boolean another = access != null && !access.openedBy().equals(hello.clientId());
    if (access == null || (another && hello.resumeToken() == null)) {
      access = new Access(c.freshToken(), hello.clientId(), false);
    } else if (hello.resumeToken() != null && !access.proven()) {
      access = new Access(access.token(), access.openedBy(), true);
    }
    d.access = access;
    return access;
  }

  private static Set<String> agreed(Draft d, Status.Hello hello) {
    Set<String> agreed = new LinkedHashSet<>(hello.capabilities());
    agreed.retainAll(d.config.capabilities());
    return Set.copyOf(agreed);
  }

  private static Status.Connected connected(
      Draft d,
      Access access,
      Outcome outcome,
      @Nullable Reason reason,
      boolean idsKept,
      long ack,
      Connection c) {
    ServerConfig config = d.config;
    var limits =
        new Resumption.Limits(
            config.pongTimeoutMs(),
            config.resumeTtlMs(),
            config.runTimeoutMs(),
            config.replayMaxFrames(),
            config.replayMaxBytes(),
            config.maxFrameBytes(),
            config.maxPendingRuns());
    var resumption =
        new Resumption(
            outcome,
            reason,
            idsKept,
            d.epoch,
            access.token(),
            ack,
            d.topSeq,
            limits,
            c.capabilities().stream().sorted().toList());
    return new Status.Connected(d.id, config.heartbeatIntervalMs(), "Connected", resumption);
  }

  private static void replay(Draft d, Connection c, long ack, Outcome outcome) {
    Sharing.acked(d, c.clientId(), ack);
    for (Frame frame : d.retention.frames()) {
      if (frame.envelope().seq() > ack) {
        d.send(c, frame.with(frame.envelope().asReplay()));
      }
    }
    if (outcome == Outcome.RESUMED) {
      d.send(c, new Status.CaughtUp(d.topSeq));
    }
    streamSoFar(d, c);
  }

  /** Pieces are not replayed: one at offset 0 stands for all that were streamed. */
  private static void streamSoFar(Draft d, Connection c) {
    Run running = d.runs.isEmpty() ? null : d.runs.get(0);
    if (running != null && running.streamed() > 0 && Emission.streams(c, running)) {
      var piece = Message.piece(Message.Stream.State.START, 0, running.textSoFar());
      d.send(c, new Frame(Emission.envelope(d, running), piece));
    }
  }

  private static void audit(Draft d, Connection c, Outcome outcome, @Nullable Reason reason) {
    String event =
        switch (outcome) {
          case NEW -> AuditEvent.CONNECT;
          case RESUMED -> AuditEvent.RESUME;
          case RESET -> AuditEvent.RESET;
        };
    d.audit(d.about(event, c).with(AuditField.RESULT, reason == null ? null : reason.name()));
  }

  /** The older connection is closed once the newer one has said a good hello. */
  private static void takeOver(Draft d, Connection newest) {
    for (Connection older : d.connections) {
      boolean other = older.greeted() && !older.id().equals(newest.id());
      if (other && !Sharing.together(older, newest)) {
        d.audit(d.about(AuditEvent.TAKEOVER, newest).with(AuditField.FROM, older.id()));
        d.close(older, CloseCode.SUPERSEDED, "another connection took over");
      }
    }
  }
}
