package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.Capability;
import java.util.List;

/**
 * How a client behaves where the protocol leaves it a choice; milliseconds, messages and bytes.
 *
 * @param offers the profile to offer; a server may still answer with core
 * @param heartbeatIntervalMs used until the server names its own
 * @param heartbeatFixed whether the server's interval is not obeyed: somebody asked for ours
 * @param answerTimeoutMs how long an answer may take before its message counts as indeterminate
 * @param asksTransport whether {@code /api/transport} is asked after a failed handshake or 4001
 * @param recheckMs while on HTTP, how often to ask whether WebSocket is back
 */
public record ClientConfig(
    Profile offers,
    Backoff backoff,
    long heartbeatIntervalMs,
    long pongTimeoutMs,
    boolean heartbeatFixed,
    long connectTimeoutMs,
    long greetingTimeoutMs,
    long answerTimeoutMs,
    int queueLimit,
    int unackedLimit,
    long stableMs,
    long maxFrameBytes,
    boolean asksTransport,
    long recheckMs,
    List<String> capabilities) {

  public static final ClientConfig CORE =
      new ClientConfig(
          Profile.CORE,
          Backoff.STANDARD,
          30_000,
          10_000,
          false,
          10_000,
          10_000,
          150_000,
          100,
          100,
          60_000,
          1 << 20,
          false,
          30_000,
          List.of());

  public static final ClientConfig RESUME =
      CORE.offering(Profile.RESUME, List.of(Capability.TOKENS, Capability.CANCEL));

  /** With everything that a client can have of profile resume: other tabs, others, pushes. */
  public static final ClientConfig TOGETHER =
      RESUME.offering(
          Profile.RESUME,
          List.of(
              Capability.TOKENS,
              Capability.CANCEL,
              Capability.SYNC,
              Capability.PRESENCE,
              Capability.PUSH));

  /** An acknowledgement waits so long, or for so many frames, before it travels alone. */
  static final long ACK_DELAY_MS = 200;

  static final int ACK_FRAMES = 32;

  /** How long {@code /api/transport} may take. */
  static final long TRANSPORT_TIMEOUT_MS = 5_000;

  public ClientConfig {
    capabilities = List.copyOf(capabilities);
  }

  public ClientConfig offering(Profile profile, List<String> offered) {
    return new ClientConfig(
        profile,
        backoff,
        heartbeatIntervalMs,
        pongTimeoutMs,
        heartbeatFixed,
        connectTimeoutMs,
        greetingTimeoutMs,
        answerTimeoutMs,
        queueLimit,
        unackedLimit,
        stableMs,
        maxFrameBytes,
        asksTransport,
        recheckMs,
        offered);
  }

  public ClientConfig withBackoff(Backoff other) {
    return new ClientConfig(
        offers,
        other,
        heartbeatIntervalMs,
        pongTimeoutMs,
        heartbeatFixed,
        connectTimeoutMs,
        greetingTimeoutMs,
        answerTimeoutMs,
        queueLimit,
        unackedLimit,
        stableMs,
        maxFrameBytes,
        asksTransport,
        recheckMs,
        capabilities);
  }

  /** Pings every {@code intervalMs}, whatever the server says. */
  public ClientConfig withHeartbeat(long intervalMs, long timeoutMs) {
    return new ClientConfig(
        offers,
        backoff,
        intervalMs,
        timeoutMs,
        true,
        connectTimeoutMs,
        greetingTimeoutMs,
        answerTimeoutMs,
        queueLimit,
        unackedLimit,
        stableMs,
        maxFrameBytes,
        asksTransport,
        recheckMs,
        capabilities);
  }

  public ClientConfig withTransport(boolean asks, long everyMs) {
    return new ClientConfig(
        offers,
        backoff,
        heartbeatIntervalMs,
        pongTimeoutMs,
        heartbeatFixed,
        connectTimeoutMs,
        greetingTimeoutMs,
        answerTimeoutMs,
        queueLimit,
        unackedLimit,
        stableMs,
        maxFrameBytes,
        asks,
        everyMs,
        capabilities);
  }
}
