package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.ErrorCode;
import java.util.List;

/** {@code POST /api/sessions/{id}/push}: a run that the server starts, at most once for an id. */
final class Pushes {
  private Pushes() {}

  static void received(Draft d, ServerInput.Pushed p) {
    if (d.access == null) {
      refuse(d, p, 404, "unknown_session", "No client opened this session in profile resume.");
    } else if (d.draining != null) {
      refuse(d, p, 503, ErrorCode.DRAINING, "The server is about to stop; try again later.");
    } else if (tooMany(d)) {
      refuse(d, p, 429, "rate_limited", "Too many pushes to this session; try again later.");
    } else {
      Posts.visited(d);
      judge(d, p);
    }
  }

  /** Each push is paid for in time; so much may be owed that a burst gets through. */
  private static boolean tooMany(Draft d) {
    long burst = ServerConfig.PUSH_BURST * ServerConfig.PUSH_GAP_MS * Tick.NANOS_PER_MS;
    long paidTo =
        Math.max(d.pushesPaidTo, d.now.monotonicNanos())
            + ServerConfig.PUSH_GAP_MS * Tick.NANOS_PER_MS;
    if (!d.now.reached(paidTo - burst)) {
      return true;
    }
    d.pushesPaidTo = paidTo;
    return false;
  }

  private static void judge(Draft d, ServerInput.Pushed p) {
    switch (Intake.judge(d, p.id(), p.content(), List.of(), false)) {
      case Intake.Verdict.Accepted a -> {
        Intake.take(d, a.run().asPush(), AuditEvent.of(AuditEvent.PUSH));
        d.output(reply(p, a.run().id(), false));
      }
      case Intake.Verdict.Duplicate dup -> d.output(reply(p, dup.claim().runId(), true));
      case Intake.Verdict.IdReused reused ->
          refuse(d, p, 409, ErrorCode.ID_REUSED, "This id stood for other content.");
      case Intake.Verdict.Refused r ->
          refuse(d, p, r.code().equals(ErrorCode.BUSY) ? 503 : 400, r.code(), r.error());
    }
  }

  private static ServerOutput.Reply reply(ServerInput.Pushed p, String runId, boolean duplicate) {
    return new ServerOutput.Reply(p.request(), new HttpReply.Pushed(runId, duplicate));
  }

  private static void refuse(Draft d, ServerInput.Pushed p, int status, String code, String error) {
    d.audit(
        AuditEvent.of(AuditEvent.PUSH)
            .with(AuditField.MESSAGE_ID, p.id())
            .with(AuditField.RESULT, "refused")
            .with(AuditField.ERROR, code));
    d.output(new ServerOutput.Reply(p.request(), new HttpReply.Refused(status, code, error)));
  }
}
