package dev.holdfast.protocol.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run as a snapshot tells it.
 *
 * @param state {@code queued}, {@code running}, {@code completed} or {@code failed}
 * @param text the answer, or what there is of it so far
 */
public record SnapshotRun(
    String runId,
    @Nullable String messageId,
    String state,
    String text,
    List<Message.Artifact> artifacts,
    List<ToolExecution> tools,
    @Nullable Failure error) {

  public static final String QUEUED = "queued";
  public static final String RUNNING = "running";
  public static final String COMPLETED = "completed";
  public static final String FAILED = "failed";

  public SnapshotRun {
    artifacts = List.copyOf(artifacts);
    tools = List.copyOf(tools);
  }

  public boolean ended() {
    return state.equals(COMPLETED) || state.equals(FAILED);
  }
}
