package dev.holdfast.protocol;

/**
 * The delays between connection attempts: {@code min(base·2^(n−1), cap) + uniform(0, jitter)}.
 *
 * @param baseMs delay before the first attempt, without jitter
 * @param capMs bound of the growing part
 * @param jitterMs width of the uniform part
 * @param maxAttempts consecutive failures after which the client gives up
 */
public record Backoff(long baseMs, long capMs, long jitterMs, int maxAttempts) {

  public static final Backoff STANDARD = new Backoff(1_000, 30_000, 1_000, 10);

  public Backoff {
    if (baseMs < 1 || capMs < baseMs || jitterMs < 0 || maxAttempts < 1) {
      throw new IllegalArgumentException(
          "a backoff needs 1 <= base_ms <= cap_ms, jitter_ms >= 0 and at least 1 attempt");
    }
  }

  public boolean exhausted(int attempt) {
    return attempt > maxAttempts;
  }

  /** Delay before attempt {@code attempt} (from 1); what the server asked for is a floor. */
  public long delayMs(int attempt, long floorMs, Tick now) {
    return Math.max(floorMs, leastMs(attempt) + now.uniform(jitterMs + 1));
  }

  /** The shortest delay allowed before attempt {@code attempt} when nobody asked for more. */
  public long leastMs(int attempt) {
    int doublings = Math.min(attempt - 1, 40);
    return baseMs > capMs >> doublings ? capMs : baseMs << doublings;
  }
}
