package dev.holdfast.proxy.toxic;

import java.nio.charset.StandardCharsets;

/**
 * One reproducible stream of chance: SplitMix64, so the same draws on every JVM. Each proxy,
 * connection, direction and toxic has its own, so no thread's timing changes what another draws.
 */
public final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private Chance(long state) {
    this.state = state;
  }

  /** The stream that belongs to this scope, such as proxy, connection number, direction, toxic. */
  public static Chance of(long seed, Object... scope) {
    long state = mix(seed + GOLDEN);
    for (Object part : scope) {
      for (byte b : part.toString().getBytes(StandardCharsets.UTF_8)) {
        state = (state ^ b) * 0x100000001B3L;
      }
      state = mix(state + GOLDEN);
    }
    return new Chance(state);
  }

  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform over 0 (included) to 1 (excluded). */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform over 0 (included) to the bound (excluded); 0 when the bound is not above 0. */
  public long below(long bound) {
    return bound <= 0 ? 0 : (long) (nextDouble() * bound);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
