package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.SnapshotRun;
import org.jspecify.annotations.Nullable;

/** The answer to a POST: a finished run, or why there is none. */
public sealed interface HttpReply {

  int status();

  /** The run's result; 200 only when the agent answered. */
  record Ended(SnapshotRun run) implements HttpReply {
    @Override
    public int status() {
      Failure error = run.error();
      return error == null ? 200 : statusOf(error.code());
    }
  }

  /** A push was taken: its run begins in its turn, or began when it first came. */
  record Pushed(String runId, boolean duplicate) implements HttpReply {
    @Override
    public int status() {
      return duplicate ? 200 : 202;
    }
  }

  /** Nothing was started. */
  record Refused(int status, String code, String error) implements HttpReply {}

  private static int statusOf(@Nullable String code) {
    if (code == null) {
      return 502;
    }
    return switch (code) {
      case ErrorCode.AGENT_TIMEOUT -> 504;
      case ErrorCode.INTERRUPTED -> 503;
      case ErrorCode.CANCELLED -> 409;
      default -> 502;
    };
  }
}
