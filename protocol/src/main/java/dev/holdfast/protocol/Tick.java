package dev.holdfast.protocol;

import java.time.Instant;

/**
 * The moment in which a core steps: everything it may know of time and chance.
 *
 * @param monotonicNanos never goes back; all deadlines are counted on it
 * @param wall what people call the time; used for timestamps only
 * @param entropy 64 fresh random bits, drawn by the shell or the simulated world
 */
public record Tick(long monotonicNanos, Instant wall, long entropy) {

  public static final long NANOS_PER_MS = 1_000_000L;

  /** The deadline that lies {@code ms} milliseconds ahead. */
  public long in(long ms) {
    return monotonicNanos + ms * NANOS_PER_MS;
  }

  /** Whether a deadline has come. */
  public boolean reached(long deadlineNanos) {
    return monotonicNanos >= deadlineNanos;
  }

  /** A uniform choice from 0 (inclusive) to {@code bound} (exclusive); 0 for an empty range. */
  public long uniform(long bound) {
    return bound <= 0 ? 0 : Math.floorMod(mix(entropy), bound);
  }

  private static long mix(long seed) {
    long z = seed + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
