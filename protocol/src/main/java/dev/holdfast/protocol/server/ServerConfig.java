package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.Capability;
import java.util.Set;

/** The limits and intervals that a server keeps; milliseconds, frames and bytes. */
public record ServerConfig(
    long heartbeatIntervalMs,
    long pongTimeoutMs,
    long helloTimeoutMs,
    long resumeTtlMs,
    long runTimeoutMs,
    int replayMaxFrames,
    long replayMaxBytes,
    long maxFrameBytes,
    int maxPendingRuns,
    long forgetAfterMs,
    Set<String> capabilities) {

  /** Capability words of this version. */
  public static final String TOKENS = Capability.TOKENS;

  public static final String CANCEL = Capability.CANCEL;

  /** Bad frames in a row after which a connection is closed with 4203. */
  static final int BAD_FRAMES_IN_A_ROW = 10;

  /** Of a message's history only so many turns reach the agent. */
  static final int HISTORY_TURNS = 10;

  /** An acknowledgement waits this long for a frame to travel with; the protocol allows 1 s. */
  static final long ACK_DELAY_MS = 100;

  /** An acknowledgement leaves after so many frames, even sooner. */
  static final int ACK_FRAMES = 32;

  /** A session remembers the positions of so many client_ids; who was away longest goes first. */
  static final int REMEMBERED_CLIENTS = 100;

  /** So many clients share a session; the hello of one more is closed with 4004. */
  static final int MOST_TOGETHER = 32;

  /** Between two presence frames on a connection: at most 4 a second. */
  static final long PRESENCE_GAP_MS = 250;

  /** A push uses up so much of its session's rate; what is left over is saved for a burst. */
  static final long PUSH_GAP_MS = 100;

  static final int PUSH_BURST = 10;

  /** Ended runs that a snapshot can still tell about. */
  static final int REMEMBERED_RUNS = 50;

  /** In profile core a silent client is not left before this. */
  static final long CORE_SILENCE_FLOOR_MS = 75_000;

  public static final ServerConfig STANDARD =
      new ServerConfig(
          30_000,
          10_000,
          10_000,
          120_000,
          120_000,
          1_000,
          1 << 20,
          1 << 20,
          128,
          86_400_000,
          Set.of(TOKENS, CANCEL, Capability.SYNC, Capability.PRESENCE, Capability.PUSH));

  public ServerConfig {
    capabilities = Set.copyOf(capabilities);
  }

  public ServerConfig withHeartbeat(long intervalMs, long timeoutMs) {
    return new ServerConfig(
        intervalMs,
        timeoutMs,
        helloTimeoutMs,
        resumeTtlMs,
        runTimeoutMs,
        replayMaxFrames,
        replayMaxBytes,
        maxFrameBytes,
        maxPendingRuns,
        forgetAfterMs,
        capabilities);
  }

  public ServerConfig withRetention(long ttlMs, int frames, long bytes) {
    return new ServerConfig(
        heartbeatIntervalMs,
        pongTimeoutMs,
        helloTimeoutMs,
        ttlMs,
        runTimeoutMs,
        frames,
        bytes,
        maxFrameBytes,
        maxPendingRuns,
        forgetAfterMs,
        capabilities);
  }

  public ServerConfig withRuns(long timeoutMs, int pending) {
    return new ServerConfig(
        heartbeatIntervalMs,
        pongTimeoutMs,
        helloTimeoutMs,
        resumeTtlMs,
        timeoutMs,
        replayMaxFrames,
        replayMaxBytes,
        maxFrameBytes,
        pending,
        forgetAfterMs,
        capabilities);
  }
}
