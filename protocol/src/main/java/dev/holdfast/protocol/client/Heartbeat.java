package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Tick;

/**
 * The client's pings on one connection; a new connection starts with a new one.
 *
 * @param nextPingAt when to ping next
 * @param answerBy until when anything at all must arrive; {@link #NEVER} when no ping waits
 * @param pings how many were sent; the last one's id is {@code p} and this number
 * @param pingedAt when the last one was sent
 */
public record Heartbeat(
    long intervalMs, long timeoutMs, long nextPingAt, long answerBy, long pings, long pingedAt) {

  static final long NEVER = Long.MAX_VALUE;

  /** The first ping comes after a uniform part of the interval, so that herds spread out. */
  static Heartbeat start(long intervalMs, long timeoutMs, Tick now) {
    return new Heartbeat(
        intervalMs, timeoutMs, now.in(now.uniform(intervalMs + 1)), NEVER, 0, NEVER);
  }

  Heartbeat pinged(Tick now) {
    return new Heartbeat(
        intervalMs,
        timeoutMs,
        now.in(intervalMs),
        Math.min(answerBy, now.in(timeoutMs)),
        pings + 1,
        now.monotonicNanos());
  }

  Heartbeat heard() {
    return new Heartbeat(intervalMs, timeoutMs, nextPingAt, NEVER, pings, pingedAt);
  }

  boolean wantsPing(Tick now) {
    return now.reached(nextPingAt);
  }

  boolean dead(Tick now) {
    return now.reached(answerBy);
  }

  String pingId() {
    return "p" + pings;
  }

  long nextDeadline() {
    return Math.min(nextPingAt, answerBy);
  }
}
