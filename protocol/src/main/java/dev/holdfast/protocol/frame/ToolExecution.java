package dev.holdfast.protocol.frame;

import org.jspecify.annotations.Nullable;

/**
 * The progress of one tool call.
 *
 * @param tool the tool's name
 * @param callId what tells this call from others of its run
 * @param status {@code pending}, {@code running}, {@code completed} or {@code error}
 * @param detailsJson what the tool says for itself, as JSON text; null when nothing
 */
public record ToolExecution(
    String tool, @Nullable String callId, String status, @Nullable String detailsJson)
    implements Body {

  public static final String PENDING = "pending";
  public static final String RUNNING = "running";
  public static final String COMPLETED = "completed";
  public static final String ERROR = "error";

  @Override
  public FrameType type() {
    return FrameType.TOOL_EXECUTION;
  }
}
