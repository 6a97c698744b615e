package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;

/**
 * The rules that a story was played under; milliseconds, 0 where a rule is not known.
 *
 * @param durability what the target's store survives: none or process
 * @param heartbeatMs how often a client pings
 * @param pongTimeoutMs how long it then waits for anything at all
 * @param queueLimit how many messages may wait at a client
 * @param endsWithinMs how long after the world healed everything must have ended
 */
public record Terms(
    Profile profile,
    Backoff backoff,
    String durability,
    long heartbeatMs,
    long pongTimeoutMs,
    int queueLimit,
    long endsWithinMs) {

  /** What is known of a story on sockets. */
  public static Terms of(Profile profile, Backoff backoff, String durability) {
    return new Terms(profile, backoff, durability, 0, 0, 0, 0);
  }
}
