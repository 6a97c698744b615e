package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.server.audit.AuditSink;
import dev.holdfast.server.audit.AuditVerifier;
import dev.holdfast.server.wire.HeldAgent;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
  @TempDir private Path directory;

  private List<JsonNode> entries() throws IOException {
    List<JsonNode> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          entries.add(new ObjectMapper().readTree(line));
        }
      }
    }
    return entries;
  }

  private ReferenceServer start() throws IOException {
    return ReferenceServer.start(ServerOptions.builder().auditDirectory(directory).build());
  }

  @Test
  void recordsAConversationWithoutItsContent() throws IOException {
    try (ReferenceServer server = start()) {
      RawClient.dial(server, "?session_id=no/t").close();
      try (RawClient ana = RawClient.core(server, "s-1")) {
        ana.say("m-1", "top secret story");
        ana.answer();
        ana.say("");
        ana.untilType("error");
        ana.closeWith(1000);
        assertEquals(1000, ana.closeCode());
      }
      Http.post(server, "/api/chat", "{\"message\":\"top secret post\",\"session_id\":\"s-2\"}");
      Http.send(server, "PUT", "/admin/rollout", "{\"enabled\":true,\"percent\":50}");
    }
    List<String> events = entries().stream().map(e -> e.path("event").asText()).toList();
    assertTrue(
        events.containsAll(
            List.of(
                "server_start",
                "refuse",
                "connect",
                "message_accepted",
                "tool_call",
                "run_ended",
                "message_refused",
                "disconnect",
                "http_chat",
                "rollout_change",
                "server_stop")),
        events.toString());
    assertFalse(entries().toString().contains("secret"));
    var verdict = AuditVerifier.verify(List.of(directory));
    assertInstanceOf(AuditVerifier.Verdict.Sound.class, verdict);
  }

  @Test
  void writesAnEntryBeforeItsEffectIsSeen() throws IOException {
    try (ReferenceServer server = start();
        RawClient ana = RawClient.core(server, "s-1")) {
      assertTrue(entries().toString().contains("\"connect\""));
      ana.say("m-1", "hi");
      ana.untilStatus("processing");
      assertTrue(entries().toString().contains("message_accepted"));
      ana.answer();
      assertTrue(entries().toString().contains("run_ended"));
    }
  }

  @Test
  void goesOnAfterAKill() throws IOException {
    ReferenceServer first = start();
    try (RawClient ana = RawClient.core(first, "s-1")) {
      ana.say("m-1", "#agent slow_ms=60000\nhi");
      ana.untilStatus("processing");
      first.kill();
    }
    start().close();
    var verdict = AuditVerifier.verify(List.of(directory));
    assertInstanceOf(AuditVerifier.Verdict.Sound.class, verdict);
    assertEquals("server_stop", entries().getLast().path("event").asText());
  }

  /** A log that can be broken and mended. */
  private static final class Breakable implements AuditSink {
    private final AtomicBoolean broken = new AtomicBoolean();

    @Override
    public void append(List<AuditEvent> events) throws IOException {
      if (broken.get()) {
        throw new IOException("no space left on device (a test says so)");
      }
    }
  }

  @Test
  void refusesNewWorkWhileItCannotKeepRecordsAndLosesNothingAccepted() throws IOException {
    Breakable log = new Breakable();
    HeldAgent agent = new HeldAgent();
    ServerOptions options = ServerOptions.builder().agent(agent).build();
    try (ReferenceServer server = ReferenceServer.start(options, log);
        RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("m-1", "accepted before");
      ana.untilStatus("processing");
      log.broken.set(true);
      agent.release();
      assertEquals(1013, ana.closeCode(), "rather than deaf");
      try (RawClient refused = RawClient.dial(server, "?session_id=s-2")) {
        assertEquals(503, refused.status());
        assertEquals("unavailable", refused.response().json().path("code").asText());
      }
      assertEquals(503, Http.post(server, "/api/chat", "{\"message\":\"a\"}").status());
      assertEquals(503, Http.get(server, "/ready").status());
      assertEquals(200, Http.get(server, "/health").status());
      log.broken.set(false);
      Awaitility.await().until(() -> Http.get(server, "/ready").status() == 200);
      String again = "{\"message\":\"accepted before\",\"session_id\":\"s-1\",\"id\":\"m-1\"}";
      assertTrue(Http.post(server, "/api/chat", again).body().contains("accepted before"));
    }
  }
}
