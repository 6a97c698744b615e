package dev.holdfast.scenarios.conformance.client;

import java.util.Locale;

/** A duration or number of a client that an adapter may let Holdfast choose. */
public enum Setting {
  RECONNECT_BASE_MS(1_000),
  RECONNECT_CAP_MS(30_000),
  RECONNECT_JITTER_MS(1_000),
  RECONNECT_MAX_ATTEMPTS(10),
  HEARTBEAT_INTERVAL_MS(30_000),
  PONG_TIMEOUT_MS(10_000),
  CONNECT_TIMEOUT_MS(10_000),
  STABLE_MS(60_000);

  private final long standard;

  Setting(long standard) {
    this.standard = standard;
  }

  /** What the protocol says where nobody chooses. */
  public long standard() {
    return standard;
  }

  /** As adapters declare it: {@code reconnect_base_ms}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As adapters find it in their environment. */
  public String variable() {
    return "HOLDFAST_" + name();
  }
}
