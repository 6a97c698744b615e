package dev.holdfast.protocol.server;

import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import org.jspecify.annotations.Nullable;

/** The connection's machine: what a text that arrived on it leads to. */
final class Reception {
  private Reception() {}

  static void received(Draft d, Connection before, Decoded decoded) {
    Connection c = before.heard(d.now);
    d.put(c);
    if (!c.greeted()) {
      beforeHello(d, c, decoded);
      return;
    }
    provesToken(d, c);
    switch (decoded) {
      case Decoded.Violation v -> violated(d, c, v);
      case Decoded.Ok ok when lacksPosition(c, ok.frame()) ->
          violated(d, c, withoutPosition(ok.frame()));
      case Decoded.Ok ok -> {
        Connection behaved = c.behaved();
        d.put(behaved);
        accepted(d, behaved, ok.frame());
      }
    }
    ackIfDue(d, c.id());
  }

  /** A client says nothing before its {@code connected}, so whoever speaks has the token. */
  private static void provesToken(Draft d, Connection c) {
    SessionState.Access access = d.access;
    if (c.resumes() && access != null && !access.proven()) {
      d.access = new SessionState.Access(access.token(), access.openedBy(), true);
    }
  }

  private static void ackIfDue(Draft d, String connection) {
    Connection c = d.connection(connection);
    if (c != null && c.mustAck(d.now)) {
      d.send(c, new Status.Ack(0, false));
    }
  }

  private static boolean lacksPosition(Connection c, Frame frame) {
    boolean needed = frame.body() instanceof Message || frame.body() instanceof Status.Cancel;
    return c.resumes() && needed && frame.envelope().seq() < 1;
  }

  private static Decoded.Violation withoutPosition(Frame frame) {
    return new Decoded.Violation(
        ErrorCode.INVALID_FRAME,
        "'seq' is needed on this frame, from 1",
        frame.envelope().id(),
        Envelope.ABSENT);
  }

  private static void beforeHello(Draft d, Connection c, Decoded decoded) {
    if (decoded instanceof Decoded.Ok ok && ok.frame().body() instanceof Status.Hello hello) {
      Hellos.said(d, c, hello);
    } else {
      violation(d, c, "the first frame must be status hello");
    }
  }

  private static void accepted(Draft d, Connection c, Frame frame) {
    if (!acknowledged(d, c, frame.envelope())) {
      return;
    }
    switch (frame.body()) {
      case Body.Ping p -> d.send(c, pong(d, frame));
      case Message m -> inPosition(d, c, frame);
      case Status.Cancel cancel -> inPosition(d, c, frame);
      case Status.Hello h -> violation(d, c, "a hello comes once, as the first frame");
      default -> {}
    }
  }

  private static Frame pong(Draft d, Frame ping) {
    return new Frame(d.envelope().withReplyTo(ping.envelope().id()), new Body.Pong());
  }

  /** Takes note of what the client has processed; false when the connection was closed for it. */
  private static boolean acknowledged(Draft d, Connection c, Envelope envelope) {
    if (!c.resumes() || envelope.ack() == Envelope.ABSENT) {
      return true;
    }
    if (envelope.ack() > c.sentTop()) {
      violation(d, c, "ack beyond what was sent on this connection");
      return false;
    }
    d.clients = d.clients.plus(c.clientId(), d.positions(c).acked(envelope.ack()));
    Sharing.acked(d, c.clientId(), envelope.ack());
    return true;
  }

  /** Positions decide whether a message or a cancel is new, old or too early. */
  private static void inPosition(Draft d, Connection c, Frame frame) {
    if (!c.resumes()) {
      carryOut(d, c, frame);
      return;
    }
    boolean left = d.draining != null && frame.body() instanceof Message;
    if (takes(d, c, frame.envelope().seq(), left)) {
      carryOut(d, c, frame);
    }
  }

  /**
   * Whether a position is the next one; if so it counts as processed from here. In a drain messages
   * are left unacked on purpose, so what lies above them is no gap.
   */
  private static boolean takes(Draft d, Connection c, long seq, boolean left) {
    ClientPositions positions = d.positions(c);
    if (seq <= positions.processed()) {
      owesAck(d, c);
      return false;
    }
    if (!left && seq == positions.processed() + 1) {
      d.clients = d.clients.plus(c.clientId(), positions.processed(seq));
      owesAck(d, c);
      return true;
    }
    if (d.draining == null) {
      gap(d, c, positions);
    }
    return false;
  }

  private static void gap(Draft d, Connection c, ClientPositions positions) {
    if (positions.gapAt() == positions.processed() + 1) {
      violation(d, c, "a second gap at one position");
    } else {
      d.clients = d.clients.plus(c.clientId(), positions.gapAt(positions.processed() + 1));
      d.close(c, CloseCode.GAP, "position " + (positions.processed() + 1) + " is missing");
    }
  }

  private static void owesAck(Draft d, Connection c) {
    Connection current = d.connection(c.id());
    if (current != null) {
      d.put(current.owesAck(d.now));
    }
  }

  private static void carryOut(Draft d, Connection c, Frame frame) {
    switch (frame.body()) {
      case Message m -> message(d, c, frame, m);
      case Status.Cancel cancel -> cancel(d, c, cancel.runId());
      default -> throw new IllegalStateException("no positioned frame: " + frame.type());
    }
  }

  /** Without the capability it is counted and skipped. */
  private static void cancel(Draft d, Connection c, @Nullable String runId) {
    if (runId != null && c.has(Capability.CANCEL)) {
      Runs.cancel(d, runId);
    }
  }

  private static void message(Draft d, Connection c, Frame frame, Message m) {
    if (d.draining != null) {
      refuse(d, c, frame, Failure.retryable(ErrorCode.DRAINING, "The server is about to close."));
      return;
    }
    if (Intake.mismatched(d, frame, m)) {
      refuse(
          d,
          c,
          frame,
          Failure.of(ErrorCode.SESSION_MISMATCH, "This connection is for another session."));
      return;
    }
    String id = frame.envelope().id();
    switch (Intake.judge(d, id, m.content(), m.history(), false)) {
      case Intake.Verdict.Accepted a ->
          Intake.take(
              d,
              a.run(),
              d.about(AuditEvent.MESSAGE_ACCEPTED, c)
                  .with(AuditField.DIRECTION, "in")
                  .with(
                      AuditField.SEQ,
                      frame.envelope().positioned() ? frame.envelope().seq() : null));
      case Intake.Verdict.Duplicate dup -> duplicate(d, c, id, dup.claim());
      case Intake.Verdict.IdReused reused -> idReused(d, c, frame);
      case Intake.Verdict.Refused r ->
          refuse(d, c, frame, new Failure(r.error(), r.code(), r.retryable(), false));
    }
  }

  private static void duplicate(Draft d, Connection c, @Nullable String id, Claim claim) {
    d.send(
        c, new Frame(d.envelope().withReplyTo(id).withRun(claim.runId()), new Status.Ack(0, true)));
    SnapshotRun result = claim.result();
    Run running = Runs.find(d, claim.runId());
    if (running != null && running.overHttp()) {
      Runs.replace(d, running.wantedOnSocket());
    }
    if (result != null && !c.resumes()) {
      d.send(c, end(result, d.envelope().asReplay()));
    } else if (result != null && id != null && claim.unseen()) {
      d.claims = d.claims.plus(id, claim.shown());
      Emission.positioned(d, end(result, d.envelope()));
    }
  }

  /**
   * A run's end, told again: in profile core because nobody knows whether it arrived, in profile
   * resume when it was told over HTTP alone and that answer was lost.
   */
  private static Frame end(SnapshotRun result, Envelope envelope) {
    Failure error = result.error();
    Body end = error == null ? Message.answer(result.text(), result.artifacts()) : error;
    return new Frame(envelope.withReplyTo(result.messageId()).withRun(result.runId()), end);
  }

  private static void idReused(Draft d, Connection c, Frame frame) {
    if (c.resumes()) {
      d.audit(d.about(AuditEvent.PROTOCOL_ERROR, c).with(AuditField.ERROR, ErrorCode.ID_REUSED));
      d.close(c, CloseCode.ID_REUSED, "this id stood for other content");
    } else {
      refuse(d, c, frame, Failure.of(ErrorCode.ID_REUSED, "This id stood for other content."));
    }
  }

  /** Tells the client that a frame came to nothing; a positioned one is answered in position. */
  private static void refuse(Draft d, Connection c, Frame frame, Failure failure) {
    d.audit(
        d.about(AuditEvent.MESSAGE_REFUSED, c)
            .with(AuditField.MESSAGE_ID, frame.envelope().id())
            .with(AuditField.ERROR, failure.code()));
    Frame reply = new Frame(d.envelope().withReplyTo(frame.envelope().id()), failure);
    if (c.resumes() && frame.envelope().positioned()) {
      Emission.positioned(d, reply);
    } else {
      d.send(c, reply);
    }
  }

  /** A text that is no frame: answered, counted, and never followed by silence. */
  private static void violated(Draft d, Connection before, Decoded.Violation v) {
    Connection c = before.misbehaved();
    d.put(c);
    d.audit(d.about(AuditEvent.PROTOCOL_ERROR, c).with(AuditField.ERROR, v.code()));
    Failure failure = Failure.of(v.code(), v.message());
    Frame reply = new Frame(d.envelope().withReplyTo(v.replyTo()), failure);
    if (!c.resumes() || v.seq() == Envelope.ABSENT) {
      d.send(c, reply);
    } else if (takes(d, c, v.seq(), false)) {
      Emission.positioned(d, reply);
    } else if (d.draining != null) {
      d.send(c, reply);
    }
    if (c.badInRow() >= ServerConfig.BAD_FRAMES_IN_A_ROW) {
      violation(d, c, "ten bad frames in a row");
    }
  }

  private static void violation(Draft d, Connection c, String reason) {
    if (d.connection(c.id()) != null) {
      d.audit(d.about(AuditEvent.PROTOCOL_ERROR, c).with(AuditField.ERROR, reason));
      d.close(c, CloseCode.PROTOCOL_VIOLATION, reason);
    }
  }
}
