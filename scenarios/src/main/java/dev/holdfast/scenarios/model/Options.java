package dev.holdfast.scenarios.model;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a scenario overrides, by name; milliseconds, attempts and frames. */
public record Options(Map<String, Long> values) {

  public static final String RECONNECT_BASE_MS = "reconnect_base_ms";
  public static final String RECONNECT_CAP_MS = "reconnect_cap_ms";
  public static final String RECONNECT_JITTER_MS = "reconnect_jitter_ms";
  public static final String RECONNECT_MAX_ATTEMPTS = "reconnect_max_attempts";
  public static final String HEARTBEAT_INTERVAL_MS = "heartbeat_interval_ms";
  public static final String PONG_TIMEOUT_MS = "pong_timeout_ms";

  /** 1 where people know of each other: capabilities sync, presence and push. */
  public static final String TOGETHER = "together";

  /** All names that a scenario may use. */
  public static final Set<String> NAMES =
      Set.of(
          RECONNECT_BASE_MS,
          RECONNECT_CAP_MS,
          RECONNECT_JITTER_MS,
          RECONNECT_MAX_ATTEMPTS,
          HEARTBEAT_INTERVAL_MS,
          PONG_TIMEOUT_MS,
          TOGETHER);

  public Options {
    values = Map.copyOf(new TreeMap<>(values));
  }

  public long get(String name, long otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }
}
