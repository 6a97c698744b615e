package dev.holdfast.load;

import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.report.result.Percentiles;

/**
 * Tells from the states that one client reports how its attempts went; one thread at a time.
 *
 * <p>An attempt counts when it is decided. One that we ourselves break off counts as none.
 */
final class LinkWatch {
  static final String REQUEST = "connect";

  private final Meter meter;
  private final RequestLog log;
  private boolean up;
  private boolean everUp;
  private boolean dialing;
  private long dueNanos;
  private long lostNanos;

  LinkWatch(Meter meter, RequestLog log) {
    this.meter = meter;
    this.log = log;
  }

  /** What the client says, and whether it was us who told it to leave. */
  void saw(
      LinkState state, int attempt, long delayMs, String reason, long nowNanos, boolean leaving) {
    if (state == LinkState.CONNECTED) {
      connected(nowNanos);
      return;
    }
    lost(reason, nowNanos, leaving);
    dialing = state == LinkState.CONNECTING || (state == LinkState.RECONNECTING && attempt > 0);
    dueNanos = nowNanos + delayMs * 1_000_000;
  }

  private void connected(long nowNanos) {
    if (dialing) {
      long took = nowNanos - dueNanos;
      meter.connected(took, everUp);
      log.ok(REQUEST, took);
      if (everUp) {
        meter.timed(Percentiles.BACK, nowNanos - lostNanos);
      }
      up = true;
      everUp = true;
      dialing = false;
    }
  }

  /** Ends what was: a connection, or an attempt at one. */
  private void lost(String reason, long nowNanos, boolean leaving) {
    if (up) {
      up = false;
      lostNanos = nowNanos;
      meter.disconnected();
      if (!leaving) {
        meter.lost();
      }
    } else if (dialing && !leaving && nowNanos >= dueNanos) {
      meter.attemptFailed(reason);
      log.failed(REQUEST, nowNanos - dueNanos, reason);
    }
  }
}
