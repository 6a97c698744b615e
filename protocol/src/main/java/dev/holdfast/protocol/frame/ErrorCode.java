package dev.holdfast.protocol.frame;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of {@code error.data.code}. */
public final class ErrorCode {
  public static final String INVALID_JSON = "invalid_json";
  public static final String INVALID_FRAME = "invalid_frame";
  public static final String UNKNOWN_TYPE = "unknown_type";
  public static final String EMPTY_CONTENT = "empty_content";
  public static final String SESSION_MISMATCH = "session_mismatch";
  public static final String BUSY = "busy";
  public static final String DRAINING = "draining";
  public static final String UNAVAILABLE = "unavailable";
  public static final String ID_REUSED = "id_reused";
  public static final String REPLAY_OVERFLOW = "replay_overflow";
  public static final String AGENT_FAILED = "agent_failed";
  public static final String AGENT_TIMEOUT = "agent_timeout";
  public static final String INTERRUPTED = "interrupted";
  public static final String CANCELLED = "cancelled";

  private static final Set<String> ENDING =
      Set.of(AGENT_FAILED, AGENT_TIMEOUT, INTERRUPTED, CANCELLED);

  private ErrorCode() {}

  /** Whether, in profile core, an error with this code and without a run ends the oldest run. */
  public static boolean endsOldestRun(@Nullable String code) {
    return code == null || ENDING.contains(code);
  }
}
