package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;

/**
 * How long a peer has said nothing: at half of the limit it is pinged, at all of it left.
 *
 * @param heardAt when something last arrived
 * @param limitNanos 2.5 heartbeat intervals; in profile core never under 75 s
 * @param pinged whether this silence was already pinged
 */
record Silence(long heardAt, long limitNanos, boolean pinged) {

  static Silence from(Profile profile, long heartbeatIntervalMs, Tick now) {
    long limitMs = heartbeatIntervalMs * 5 / 2;
    if (profile == Profile.CORE) {
      limitMs = Math.max(limitMs, ServerConfig.CORE_SILENCE_FLOOR_MS);
    }
    return new Silence(now.monotonicNanos(), limitMs * Tick.NANOS_PER_MS, false);
  }

  Silence heard(Tick now) {
    return new Silence(now.monotonicNanos(), limitNanos, false);
  }

  Silence afterPing() {
    return new Silence(heardAt, limitNanos, true);
  }

  boolean wantsPing(Tick now) {
    return !pinged && now.reached(heardAt + limitNanos / 2);
  }

  boolean over(Tick now) {
    return now.reached(heardAt + limitNanos);
  }

  long nextDeadline() {
    return heardAt + (pinged ? limitNanos : limitNanos / 2);
  }
}
