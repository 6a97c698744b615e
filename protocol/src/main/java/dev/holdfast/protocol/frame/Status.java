package dev.holdfast.protocol.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a {@code status} frame: progress of a run, and all control of the connection. */
public sealed interface Status extends Body {

  /** The word in {@code data.status}. */
  String word();

  @Override
  default FrameType type() {
    return FrameType.STATUS;
  }

  /** The greeting; in profile resume it also answers the hello. */
  record Connected(
      @Nullable String sessionId,
      long heartbeatIntervalMs,
      @Nullable String message,
      @Nullable Resumption resumption)
      implements Status {
    @Override
    public String word() {
      return "connected";
    }
  }

  /** What a run is doing. */
  record Processing(@Nullable String stage, @Nullable String message, List<String> tasks)
      implements Status {
    public Processing {
      tasks = List.copyOf(tasks);
    }

    @Override
    public String word() {
      return "processing";
    }
  }

  /** A client's first frame in profile resume. */
  record Hello(
      String clientId,
      long attempt,
      @Nullable String resumeToken,
      @Nullable String epoch,
      long ack,
      long queued,
      List<String> capabilities)
      implements Status {
    public Hello {
      capabilities = List.copyOf(capabilities);
    }

    @Override
    public String word() {
      return "hello";
    }

    /** Tokens stay out of logs: a hello prints without its own. */
    @Override
    public String toString() {
      return "Hello[clientId=" + clientId + ", attempt=" + attempt + ", ack=" + ack + "]";
    }
  }

  /** An acknowledgement that travels alone; the position is in the envelope. */
  record Ack(long queued, boolean duplicate) implements Status {
    @Override
    public String word() {
      return "ack";
    }
  }

  /** The end of a replay. */
  record CaughtUp(long seq) implements Status {
    @Override
    public String word() {
      return "caught_up";
    }
  }

  /** What stands for everything up to a reset. */
  record Snapshot(List<SnapshotRun> runs, boolean truncated) implements Status {
    public Snapshot {
      runs = List.copyOf(runs);
    }

    @Override
    public String word() {
      return "snapshot";
    }
  }

  /** The server is about to close for maintenance or because the flag was turned off. */
  record Drain(long retryAfterMs) implements Status {
    @Override
    public String word() {
      return "drain";
    }
  }

  /** A client wants a run stopped; the run is in the body, not the envelope. */
  record Cancel(@Nullable String runId) implements Status {
    @Override
    public String word() {
      return "cancel";
    }
  }

  /** Who is here, the longest first. */
  record Presence(List<Member> members) implements Status {
    public Presence {
      members = List.copyOf(members);
    }

    @Override
    public String word() {
      return "presence";
    }
  }

  /** A status that this version does not know; both sides skip it. */
  record Other(String word) implements Status {}
}
