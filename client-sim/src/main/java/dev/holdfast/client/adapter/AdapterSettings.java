package dev.holdfast.client.adapter;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the environment asks of the reference client, each {@code HOLDFAST_…} one override. */
final class AdapterSettings {
  /** Names of the overrides that are obeyed. */
  static final List<String> OVERRIDES =
      List.of(
          "reconnect_base_ms",
          "reconnect_cap_ms",
          "reconnect_jitter_ms",
          "reconnect_max_attempts",
          "heartbeat_interval_ms",
          "pong_timeout_ms",
          "connect_timeout_ms",
          "stable_ms");

  private static final long HTTP_RECHECK_MS = 500;

  private final Map<String, String> environment;

  AdapterSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  ClientConfig config(Profile profile) {
    ClientConfig plain = profile == Profile.CORE ? ClientConfig.CORE : ClientConfig.TOGETHER;
    long connect = number("connect_timeout_ms", plain.connectTimeoutMs());
    return new ClientConfig(
        profile,
        backoff(plain.backoff()),
        number("heartbeat_interval_ms", plain.heartbeatIntervalMs()),
        number("pong_timeout_ms", plain.pongTimeoutMs()),
        given("heartbeat_interval_ms"),
        connect,
        connect,
        plain.answerTimeoutMs(),
        plain.queueLimit(),
        plain.unackedLimit(),
        number("stable_ms", plain.stableMs()),
        plain.maxFrameBytes(),
        true,
        HTTP_RECHECK_MS,
        plain.capabilities());
  }

  private Backoff backoff(Backoff plain) {
    long base = number("reconnect_base_ms", plain.baseMs());
    return new Backoff(
        base,
        Math.max(base, number("reconnect_cap_ms", plain.capMs())),
        number("reconnect_jitter_ms", plain.jitterMs()),
        (int) number("reconnect_max_attempts", plain.maxAttempts()));
  }

  private boolean given(String name) {
    return environment.containsKey(variable(name));
  }

  private long number(String name, long otherwise) {
    String text = environment.get(variable(name));
    return text == null ? otherwise : Long.parseLong(text);
  }

  private static String variable(String name) {
    return "HOLDFAST_" + name.toUpperCase(Locale.ROOT);
  }
}
