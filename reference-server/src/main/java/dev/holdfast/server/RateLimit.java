package dev.holdfast.server;

/** At most so many in any second, counted in a bucket that refills evenly. */
public final class RateLimit {
  private static final double NANOS_PER_SECOND = 1e9;

  private final int perSecond;
  private double tokens;
  private long filledAt;

  public RateLimit(int perSecond) {
    this.perSecond = perSecond;
    tokens = perSecond;
    filledAt = System.nanoTime();
  }

  public synchronized boolean allows(long nowNanos) {
    double refill = (nowNanos - filledAt) / NANOS_PER_SECOND * perSecond;
    tokens = Math.min(perSecond, tokens + refill);
    filledAt = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
