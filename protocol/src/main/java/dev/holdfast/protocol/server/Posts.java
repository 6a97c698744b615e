package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.server.SessionState.Access;
import dev.holdfast.protocol.server.SessionState.Draining;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/chat}: the same ids, order and audit as the socket. */
final class Posts {
  private Posts() {}

  static void received(Draft d, ServerInput.Posted p) {
    Draining draining = d.draining;
    if (!authorized(d.access, p.token())) {
      refuse(d, p, 403, "forbidden", "This session needs its token.");
    } else if (draining != null && draining.stopping()) {
      refuse(d, p, 503, ErrorCode.DRAINING, "The server is about to stop; try again later.");
    } else {
      entered(d);
      judge(d, p);
    }
  }

  /** A POST is a visit: ids live on from here, and who showed the token surely has it. */
  private static void entered(Draft d) {
    visited(d);
    if (d.access != null) {
      d.access = new Access(d.access.token(), d.access.openedBy(), true);
    }
  }

  /** Ids live on from here. */
  static void visited(Draft d) {
    if (!d.anybodyThere()) {
      d.lonelySince = d.now.monotonicNanos();
    }
  }

  private static boolean authorized(@Nullable Access access, @Nullable String token) {
    return access == null || (token != null && Digest.sameSecret(access.token(), token));
  }

  private static void judge(Draft d, ServerInput.Posted p) {
    switch (Intake.judge(d, p.id(), p.content(), p.history(), true)) {
      case Intake.Verdict.Accepted a ->
          Intake.take(
              d,
              a.run().awaitedBy(p.request()),
              AuditEvent.of(AuditEvent.HTTP_CHAT).with(AuditField.USER_ID, p.userId()));
      case Intake.Verdict.Duplicate dup -> awaitOrReply(d, p, dup.claim());
      case Intake.Verdict.IdReused reused ->
          refuse(d, p, 409, ErrorCode.ID_REUSED, "This id stood for other content.");
      case Intake.Verdict.Refused r ->
          refuse(d, p, r.code().equals(ErrorCode.BUSY) ? 503 : 400, r.code(), r.error());
    }
  }

  private static void awaitOrReply(Draft d, ServerInput.Posted p, Claim claim) {
    SnapshotRun result = claim.result();
    Run running = Runs.find(d, claim.runId());
    if (result != null) {
      d.output(new ServerOutput.Reply(p.request(), new HttpReply.Ended(result)));
    } else if (running != null) {
      Runs.replace(d, running.awaitedBy(p.request()));
    } else {
      throw new IllegalStateException("a claim has neither a run nor a result");
    }
  }

  private static void refuse(Draft d, ServerInput.Posted p, int status, String code, String error) {
    d.audit(
        AuditEvent.of(AuditEvent.MESSAGE_REFUSED)
            .with(AuditField.MESSAGE_ID, p.id())
            .with(AuditField.USER_ID, p.userId())
            .with(AuditField.ERROR, code));
    d.output(new ServerOutput.Reply(p.request(), new HttpReply.Refused(status, code, error)));
  }
}
