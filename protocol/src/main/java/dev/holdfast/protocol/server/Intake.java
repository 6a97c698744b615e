package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a message becomes a run: the same rules for the socket and for POST. */
final class Intake {
  private Intake() {}

  /** What became of a message. */
  sealed interface Verdict {
    /** A new run. */
    record Accepted(Run run) implements Verdict {}

    /** The id was claimed before, for the same content. */
    record Duplicate(Claim claim) implements Verdict {}

    /** The id was claimed before, for other content. */
    record IdReused() implements Verdict {}

    record Refused(String code, String error, boolean retryable) implements Verdict {}
  }

  static Verdict judge(
      Draft d,
      @Nullable String id,
      @Nullable String content,
      List<Message.Turn> history,
      boolean overHttp) {
    if (content == null || content.isEmpty()) {
      return new Verdict.Refused(
          ErrorCode.EMPTY_CONTENT, "A message needs 'content': text that is not empty.", false);
    }
    Claim claim = id == null ? null : d.claims.get(id);
    if (claim != null) {
      return claim.contentSha256().equals(Digest.sha256(content))
          ? new Verdict.Duplicate(claim)
          : new Verdict.IdReused();
    }
    if (d.runs.size() >= d.config.maxPendingRuns()) {
      return new Verdict.Refused(
          ErrorCode.BUSY, "Too many messages wait for their answer; try again later.", true);
    }
    return new Verdict.Accepted(newRun(d, id, content, history, overHttp));
  }

  private static Run newRun(
      Draft d, @Nullable String id, String content, List<Message.Turn> history, boolean overHttp) {
    int from = Math.max(0, history.size() - ServerConfig.HISTORY_TURNS);
    return Run.accepted(
        runId(d),
        id,
        overHttp,
        content,
        history.subList(from, history.size()),
        d.now.monotonicNanos(),
        d.now.in(d.config.runTimeoutMs()));
  }

  private static String runId(Draft d) {
    return "r" + HexFormat.of().toHexDigits(d.now.entropy());
  }

  /** Claims the id and hands the run over, audited before anything becomes visible. */
  static void take(Draft d, Run run, AuditEvent event) {
    String sha = Digest.sha256(run.content());
    d.audit(
        event
            .with(AuditField.RUN_ID, run.id())
            .with(AuditField.MESSAGE_ID, run.messageId())
            .with(AuditField.PAYLOAD_SHA256, sha));
    if (run.clientNamed()) {
      d.claims = d.claims.plus(run.messageId(), Claim.begun(sha, run.id()));
    }
    if (!run.pushed()) {
      Sharing.echo(d, run);
    }
    Runs.accept(d, run);
  }

  /** A message on a socket whose verdict needs no position. */
  static boolean mismatched(Draft d, Frame frame, Message message) {
    String inEnvelope = frame.envelope().sessionId();
    String inData = message.sessionId();
    return (inEnvelope != null && !inEnvelope.equals(d.id))
        || (inData != null && !inData.equals(d.id));
  }
}
