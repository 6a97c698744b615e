package dev.holdfast.scenarios.conformance.client;

import java.util.EnumMap;
import java.util.Map;

/**
 * How fast a client is in one case: what was asked for and is obeyed, else what the client declares
 * of itself, else what is standard.
 */
public record Pace(Map<Setting, Long> values) {

  public Pace {
    values = Map.copyOf(values);
  }

  /** The pace of a client that declares which of the wishes it obeys. */
  static Pace of(Map<Setting, Long> wishes, Ready ready) {
    Map<Setting, Long> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      boolean obeyed = wishes.containsKey(setting) && ready.overrides().contains(setting.word());
      long own = ready.settings().getOrDefault(setting, setting.standard());
      values.put(setting, obeyed ? wishes.get(setting) : Long.valueOf(own));
    }
    return new Pace(values);
  }

  public long get(Setting setting) {
    return values.getOrDefault(setting, setting.standard());
  }

  public long baseMs() {
    return get(Setting.RECONNECT_BASE_MS);
  }

  public long jitterMs() {
    return get(Setting.RECONNECT_JITTER_MS);
  }

  public int attempts() {
    return (int) get(Setting.RECONNECT_MAX_ATTEMPTS);
  }

  public long intervalMs() {
    return get(Setting.HEARTBEAT_INTERVAL_MS);
  }

  public long pongMs() {
    return get(Setting.PONG_TIMEOUT_MS);
  }

  /** The least delay before attempt {@code n}, from 1, that the formula allows. */
  public long leastMs(int n) {
    return Math.min(baseMs() << Math.min(n - 1, 20), get(Setting.RECONNECT_CAP_MS));
  }

  /** The most that it allows. */
  public long mostMs(int n) {
    return leastMs(n) + jitterMs();
  }

  /**
   * The first attempt from which on the delay is longer than this by the formula, or 0 when no
   * attempt that the client makes has such a delay.
   */
  public int attemptAbove(long ms) {
    for (int n = 1; n <= attempts(); n++) {
      if (leastMs(n) > ms) {
        return n;
      }
    }
    return 0;
  }

  /** The most that the first {@code n} attempts may take together. */
  public long firstMs(int n) {
    long sum = 0;
    for (int i = 1; i <= n; i++) {
      sum += mostMs(i);
    }
    return sum;
  }

  /** Within this a link that answers nothing is left. */
  public long deadMs() {
    return intervalMs() + 2 * pongMs();
  }
}
