package dev.holdfast.server.http;

import dev.holdfast.protocol.Names;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.AuditField;
import dev.holdfast.server.Doors;
import dev.holdfast.server.Limits;
import dev.holdfast.server.Minted;
import dev.holdfast.server.RateLimit;
import dev.holdfast.server.audit.AuditSink;
import dev.holdfast.server.metrics.ServerMetrics;
import dev.holdfast.server.rollout.RolloutSwitch;
import dev.holdfast.server.session.Sessions;
import dev.holdfast.server.websocket.Welcome;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is let in at {@code /ws/chat}. */
final class Handshakes {
  private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);

  /** A handshake that is not let in. */
  record Refusal(int status, String code, String error) {}

  private final Doors doors;
  private final RolloutSwitch rollout;
  private final Sessions sessions;
  private final Limits limits;
  private final ServerMetrics metrics;
  private final AuditSink audit;
  private final AccessGate access;
  private final RateLimit rate;

  Handshakes(HttpServices services) {
    doors = services.doors();
    rollout = services.rollout();
    sessions = services.sessions();
    limits = services.options().limits();
    metrics = services.metrics();
    audit = services.audit();
    access = new AccessGate(services.options().accessToken());
    rate = new RateLimit(limits.handshakesPerSecond());
  }

  /** What stands against a handshake; null when nothing does. */
  @Nullable Refusal objection(Exchange exchange, Profile profile) {
    String session = exchange.parameter("session_id");
    String user = exchange.parameter("user_id");
    if ((session != null && !Names.valid(session)) || (user != null && !Names.valid(user))) {
      return new Refusal(
          400,
          "bad_session_id",
          "'session_id' and 'user_id' must be 1 to 128 of A-Z a-z 0-9 . _ -");
    }
    if (exchange.foreign()) {
      return new Refusal(403, "origin_forbidden", "Pages of this origin may not connect.");
    }
    if (!access.allows(exchange)) {
      return new Refusal(401, "unauthenticated", "This needs the access token as a bearer.");
    }
    if (!rate.allows(System.nanoTime())) {
      return new Refusal(429, "rate_limited", "Too many handshakes; try again later.");
    }
    Doors.Closed closed = doors.toSockets();
    if (closed != null) {
      return new Refusal(503, closed.code(), closed.error());
    }
    if (isFull(session)) {
      return new Refusal(503, "over_capacity", "The server is full; try again later.");
    }
    if (!rollout.rollout().includes(user)) {
      return new Refusal(403, "websocket_disabled", "The WebSocket is not for you; use HTTP.");
    }
    if (session != null && !sessions.admits(session, profile)) {
      return new Refusal(403, "forbidden", "This session was opened in resume: it needs a hello.");
    }
    return null;
  }

  private boolean isFull(@Nullable String session) {
    boolean isNew = session == null || !sessions.knows(session);
    return metrics.connections() >= limits.maxConnections()
        || (isNew && sessions.count() >= limits.maxSessions());
  }

  Welcome welcome(Exchange exchange, Profile profile) {
    String session = exchange.parameter("session_id");
    return new Welcome(
        session == null ? Minted.hex(16) : session, exchange.parameter("user_id"), profile);
  }

  /** A refusal is counted, audited and answered. */
  void refuse(Exchange exchange, Refusal refusal) {
    metrics.refused(refusal.code());
    var event =
        AuditEvent.of(AuditEvent.REFUSE)
            .with(AuditField.SESSION_ID, nameOrNull(exchange.parameter("session_id")))
            .with(AuditField.USER_ID, nameOrNull(exchange.parameter("user_id")))
            .with(AuditField.ERROR, refusal.code());
    try {
      audit.append(List.of(event));
      doors.auditBroken(false);
    } catch (IOException e) {
      doors.auditBroken(true);
      LOG.error("event=audit_failed consequence=new_work_refused", e);
    }
    Answer answer = Answer.error(refusal.status(), refusal.code(), refusal.error());
    exchange.answer(refusal.status() == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer);
  }

  private static @Nullable String nameOrNull(@Nullable String name) {
    return Names.valid(name) ? name : null;
  }
}
