package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.ToolExecution;
import org.jspecify.annotations.Nullable;

/** The runs of a session: one after the other, each ending in exactly one terminal frame. */
final class Runs {
  private Runs() {}

  /** Takes an accepted message in; it starts at once if nothing runs. */
  static void accept(Draft d, Run run) {
    d.runs = d.runs.plus(run);
    startIfIdle(d);
  }

  /** Starts the first run that waits; those that were cancelled in the queue end in their turn. */
  private static void startIfIdle(Draft d) {
    while (!d.runs.isEmpty() && !d.runs.get(0).started()) {
      Run next = d.runs.get(0);
      Failure doomed = next.doomed();
      if (doomed == null) {
        d.runs = d.runs.with(0, next.begun());
        d.output(
            new ServerOutput.StartRun(next.id(), next.messageId(), next.content(), next.history()));
      } else {
        advance(d, RunMachine.failed(next, doomed));
      }
    }
  }

  static void agentSaid(Draft d, String runId, AgentEvent event) {
    Run run = d.runs.isEmpty() ? null : d.runs.get(0);
    if (run == null || !run.started() || !run.id().equals(runId)) {
      return;
    }
    if (event instanceof AgentEvent.Tool t) {
      auditTool(d, run, t);
    }
    advance(d, RunMachine.step(run, event));
    startIfIdle(d);
  }

  private static void auditTool(Draft d, Run run, AgentEvent.Tool tool) {
    if (!tool.status().equals(ToolExecution.PENDING)) {
      d.audit(
          AuditEvent.of(AuditEvent.TOOL_CALL)
              .with(AuditField.RUN_ID, run.id())
              .with(AuditField.MESSAGE_ID, run.messageId())
              .with(AuditField.TOOL, tool.tool())
              .with(AuditField.TOOL_CALL_ID, tool.callId())
              .with(AuditField.RESULT, tool.status()));
    }
  }

  /** Ends a run early: at once if it runs, in its turn if it still waits. */
  static void cancel(Draft d, String runId) {
    Failure cancelled = Failure.of(ErrorCode.CANCELLED, "Cancelled on request.");
    Run run = find(d, runId);
    if (run == null) {
      return;
    }
    if (run.started()) {
      endFirst(d, cancelled);
      startIfIdle(d);
    } else {
      replace(d, run.doomed(cancelled));
    }
  }

  /** Runs end in the order of their deadlines, which is the order in which they were accepted. */
  static void timeOut(Draft d) {
    while (!d.runs.isEmpty() && d.now.reached(d.runs.get(0).deadline())) {
      endFirst(d, Failure.retryable(ErrorCode.AGENT_TIMEOUT, "The agent did not finish in time."));
    }
    startIfIdle(d);
  }

  /**
   * After a crash: the run that was cut ends, told whether it may be tried again, and is never
   * started a second time; those that waited get their whole time and go on.
   */
  static void recover(Draft d) {
    for (Run run : d.runs) {
      replace(d, run.timedAnew(d.now.monotonicNanos(), d.now.in(d.config.runTimeoutMs())));
    }
    if (!d.runs.isEmpty() && d.runs.get(0).started()) {
      interruptFirst(d);
    }
    startIfIdle(d);
  }

  /** Every run ends now, told whether it may be tried again; nothing new is started. */
  static void interruptAll(Draft d) {
    while (!d.runs.isEmpty()) {
      interruptFirst(d);
    }
  }

  private static void interruptFirst(Draft d) {
    boolean doubt = d.runs.get(0).hasToolInDoubt();
    endFirst(
        d,
        new Failure(
            "The server stopped before this was done.", ErrorCode.INTERRUPTED, !doubt, doubt));
  }

  /** Ends the first run; one that was cancelled while it waited ends as cancelled. */
  private static void endFirst(Draft d, Failure failure) {
    Run run = d.runs.get(0);
    if (run.started()) {
      d.output(new ServerOutput.CancelRun(run.id()));
    }
    Failure doomed = run.doomed();
    advance(d, RunMachine.failed(run, doomed == null ? failure : doomed));
  }

  /** Carries out what a step of the first run led to. */
  private static void advance(Draft d, RunMachine.Progress progress) {
    SnapshotRun ended = progress.ended();
    if (ended == null) {
      d.runs = d.runs.with(0, progress.run());
    } else {
      d.runs = d.runs.minus(0);
      settle(d, progress.run(), ended);
    }
    for (Body body : progress.bodies()) {
      Emission.ofRun(d, progress.run(), body);
    }
  }

  private static void settle(Draft d, Run run, SnapshotRun ended) {
    Failure error = ended.error();
    d.audit(
        AuditEvent.of(AuditEvent.RUN_ENDED)
            .with(AuditField.RUN_ID, run.id())
            .with(AuditField.MESSAGE_ID, run.messageId())
            .with(AuditField.RESULT, ended.state())
            .with(AuditField.ERROR, error == null ? null : error.code())
            .with(AuditField.DURATION_MS, sinceAccepted(d, run))
            .with(AuditField.PAYLOAD_SHA256, Digest.sha256(ended.text())));
    d.remembered = d.remembered.plus(ended);
    if (d.remembered.size() > ServerConfig.REMEMBERED_RUNS) {
      d.remembered = d.remembered.minus(0);
    }
    Claim claim = run.clientNamed() ? d.claims.get(run.messageId()) : null;
    if (claim != null) {
      d.claims =
          d.claims.plus(run.messageId(), claim.ended(ended, Emission.isForHttpAlone(d, run)));
    }
    for (String request : run.waiting()) {
      d.output(new ServerOutput.Reply(request, new HttpReply.Ended(ended)));
    }
  }

  private static long sinceAccepted(Draft d, Run run) {
    return (d.now.monotonicNanos() - run.acceptedAt()) / Tick.NANOS_PER_MS;
  }

  static @Nullable Run find(Draft d, String runId) {
    for (Run run : d.runs) {
      if (run.id().equals(runId)) {
        return run;
      }
    }
    return null;
  }

  static void replace(Draft d, Run changed) {
    for (int i = 0; i < d.runs.size(); i++) {
      if (d.runs.get(i).id().equals(changed.id())) {
        d.runs = d.runs.with(i, changed);
      }
    }
  }
}
