package dev.holdfast.protocol.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@code connected} that profile resume adds; limits in milliseconds, frames, bytes.
 */
public record Resumption(
    Outcome outcome,
    @Nullable Reason reason,
    boolean idsKept,
    String epoch,
    String resumeToken,
    long ack,
    long topSeq,
    Limits limits,
    List<String> capabilities) {

  /** What the server made of a hello. */
  public enum Outcome {
    NEW,
    RESUMED,
    RESET
  }

  /** Why a session could not be resumed. */
  public enum Reason {
    EXPIRED,
    OVERFLOW,
    EPOCH_CHANGED,
    UNKNOWN
  }

  /** What the server promises, so that a client need not guess. */
  public record Limits(
      long pongTimeoutMs,
      long resumeTtlMs,
      long runTimeoutMs,
      long replayMaxFrames,
      long replayMaxBytes,
      long maxFrameBytes,
      long maxPendingRuns) {}

  public Resumption {
    capabilities = List.copyOf(capabilities);
  }

  /** Tokens stay out of logs: this prints without its own. */
  @Override
  public String toString() {
    return "Resumption[" + outcome + ", reason=" + reason + ", topSeq=" + topSeq + "]";
  }
}
