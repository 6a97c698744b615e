package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.report.format.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts for a server, and what is said when it cannot be meant. */
class ServeConfigTest {
  @TempDir private Path folder;

  private static Spoken serve(Map<String, String> env, String... args) {
    List<String> words = new ArrayList<>(List.of("serve", "--print-config"));
    words.addAll(List.of(args));
    return Spoken.by(new FakeSignals(), env, words.toArray(String[]::new));
  }

  private static JsonNode printed(Map<String, String> env, String... args) throws IOException {
    Spoken spoken = serve(env, args);
    assertEquals(0, spoken.exitCode(), spoken::err);
    return JsonFormat.MAPPER.readTree(spoken.out());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("holdfast.yaml"), text);
  }

  private static void is(JsonNode config, String key, String value, String from) {
    assertEquals(value, config.path(key).path("value").asText(), key);
    assertTrue(config.path(key).path("from").asText().startsWith(from), config.path(key)::toString);
  }

  @Test
  void aFlagCountsBeforeTheEnvironmentBeforeTheFileBeforeTheDefault() throws IOException {
    String file = file("server: {port: 1, drain_ms: 2, run_timeout_ms: 3}\n").toString();
    Map<String, String> env =
        Map.of("HOLDFAST_PORT", "10", "HOLDFAST_DRAIN_MS", "20", "WS_HEARTBEAT_INTERVAL", "5000");

    JsonNode config = printed(env, "--config", file, "--port", "100");

    is(config, "port", "100", "flag --port");
    is(config, "drain_ms", "20", "environment HOLDFAST_DRAIN_MS");
    is(config, "run_timeout_ms", "3", "file ");
    is(config, "heartbeat_interval_ms", "5000", "environment WS_HEARTBEAT_INTERVAL");
    is(config, "host", "127.0.0.1", "default");
    is(config, "audit", "null", "not set");
  }

  @Test
  void theNamesOfThePlanAreRead() throws IOException {
    Map<String, String> env =
        Map.of(
            "ENABLE_WEBSOCKET", "off",
            "WEBSOCKET_ROLLOUT_PERCENT", "12.5",
            "WS_RECONNECT_INTERVAL", "250",
            "WS_MAX_RECONNECT_ATTEMPTS", "4");

    JsonNode config = printed(env);

    is(config, "enable_websocket", "off", "environment");
    is(config, "rollout_percent", "12.5", "environment");
    is(config, "reconnect_interval_ms", "250", "environment");
    is(config, "max_reconnect_attempts", "4", "environment");
  }

  private static void refused(String words, Spoken spoken) {
    assertEquals(64, spoken.exitCode(), spoken::out);
    assertTrue(spoken.firstError().contains(words), spoken::err);
  }

  @Test
  void aBadValueNamesItsKeyItselfAndTheRange() throws IOException {
    refused("--port x: expected a number from 0 to 65535", serve(Map.of(), "--port", "x"));
    refused(
        "WS_HEARTBEAT_INTERVAL=30: expected a number from 50 to 600000",
        serve(Map.of("WS_HEARTBEAT_INTERVAL", "30")));
    String file = file("server:\n  drain_ms: soon\n").toString();
    refused(
        file + ":2: drain_ms: soon: expected a number from 0 to 3600000",
        serve(Map.of(), "--config", file));
    refused(
        "unknown key 'drian_ms'",
        serve(Map.of(), "--config", file("server: {drian_ms: 1}\n").toString()));
    refused("--store disk: expected memory or sqlite:FILE", serve(Map.of(), "--store", "disk"));
    refused("expected accepts-any-token", serve(Map.of(), "--misbehave", "badly"));
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refused("come together", Spoken.by("serve", "--store", "memory", "--tls-cert", "a.pem"));
    refused("HOLDFAST_ACCESS_TOKEN", Spoken.by("serve", "--store", "memory", "--require-token"));
    refused("--base-url is missing", Spoken.by("serve", "--store", "memory", "--agent", "openai"));
  }

  @Test
  void secretsAreReadFromTheEnvironmentAndNeverPrinted() {
    Map<String, String> env =
        Map.of("HOLDFAST_ADMIN_TOKEN", "s3cret", "HOLDFAST_ACCESS_TOKEN", "s3cret");

    Spoken spoken = serve(env, "--require-token");

    assertEquals(0, spoken.exitCode(), spoken::err);
    assertFalse(spoken.out().contains("s3cret"), spoken::out);
  }
}
