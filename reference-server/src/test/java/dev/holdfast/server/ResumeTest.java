package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResumeTest {
  private ReferenceServer server;

  @BeforeEach
  void start() throws IOException {
    server = ReferenceServer.start(ServerOptions.builder().build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String hello(int attempt, String more) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"status\",\"data\":{\"status\":\"hello\",\"client_id\":\"tab-1\",\"attempt\":%d,"
            + "\"capabilities\":[\"tokens\"],%s}}",
        attempt,
        more);
  }

  private static String message(int seq, String content) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"message\",\"id\":\"m-%d\",\"seq\":%d,\"data\":{\"content\":\"%s\"}}",
        seq,
        seq,
        content);
  }

  private static String again(JsonNode connected, long ack) {
    JsonNode data = connected.path("data");
    return "\"ack\":"
        + ack
        + ",\"epoch\":"
        + data.path("epoch")
        + ",\"resume_token\":"
        + data.path("resume_token");
  }

  @Test
  void replaysWhatACutConnectionMissed() {
    JsonNode connected;
    try (RawClient ana = RawClient.resume(server, "s-1")) {
      ana.text(hello(1, "\"ack\":0"));
      connected = ana.next();
      assertEquals("new", connected.path("data").path("outcome").asText());
      ana.text(message(1, "#agent slow_ms=150 tools=1\\nremember me"));
      assertEquals(1, ana.untilStatus("processing").path("seq").asLong());
    }
    Awaitility.await().until(() -> server.connections() == 0);
    try (RawClient ana = RawClient.resume(server, "s-1")) {
      ana.text(hello(2, again(connected, 1)));
      JsonNode resumed = ana.next();
      assertEquals("resumed", resumed.path("data").path("outcome").asText());
      assertEquals(1, resumed.path("data").path("ack").asLong());
      List<JsonNode> run = ana.until(RawClient::isAnswer);
      assertEquals(
          LongStream.rangeClosed(2, 7).boxed().toList(),
          run.stream().filter(f -> f.has("seq")).map(f -> f.path("seq").asLong()).toList());
    }
  }

  @Test
  void streamsTokensThatJoinToTheAnswer() {
    try (RawClient ana = RawClient.resume(server, "s-1")) {
      ana.text(hello(1, "\"ack\":0"));
      ana.text(message(1, "#agent tokens=12 tools=0\\nstream it"));
      List<JsonNode> run = ana.until(f -> f.has("seq") && RawClient.isAnswer(f));
      StringBuilder joined = new StringBuilder();
      run.forEach(f -> joined.append(f.path("data").path("delta").asText("")));
      assertEquals(run.getLast().path("data").path("content").asText(), joined.toString());
      long pieces = run.stream().filter(f -> f.path("data").has("delta")).count();
      assertTrue(pieces >= 12, pieces + " pieces");
    }
  }

  @Test
  void aWrongTokenIs4100AndChangesNothing() {
    try (RawClient ana = RawClient.resume(server, "s-1")) {
      ana.text(hello(1, "\"ack\":0"));
      ana.next();
      try (RawClient eve = RawClient.resume(server, "s-1")) {
        eve.text(hello(2, "\"ack\":0,\"resume_token\":\"guess\""));
        assertEquals(4100, eve.closeCode());
      }
      String body = "{\"message\":\"a\",\"session_id\":\"s-1\"}";
      assertEquals(403, Http.post(server, "/api/chat", body).status());
      ana.text(message(1, "still mine"));
      assertTrue(ana.answer().contains("still mine"));
    }
  }

  @Test
  void takesPostsWithTheTokenAsBearer() {
    try (RawClient ana = RawClient.resume(server, "s-1")) {
      ana.text(hello(1, "\"ack\":0"));
      String token = ana.next().path("data").path("resume_token").asText();
      assertTrue(token.length() >= 32);
      String body = "{\"message\":\"by post\",\"session_id\":\"s-1\"}";
      String bearer = "Bearer " + token;
      assertEquals(200, Http.post(server, "/api/chat", body, "Authorization", bearer).status());
      assertTrue(ana.answer().contains("by post"), "the socket sees the run too");
    }
  }

  @Test
  void aRestartedServerResets() throws IOException {
    JsonNode connected;
    try (RawClient ana = RawClient.resume(server, "s-1")) {
      ana.text(hello(1, "\"ack\":0"));
      connected = ana.next();
    }
    server.kill();
    server = ReferenceServer.start(ServerOptions.builder().port(server.port()).build());
    try (RawClient ana = RawClient.resume(server, "s-1")) {
      ana.text(hello(2, again(connected, 0)));
      JsonNode reset = ana.next();
      assertEquals("reset", reset.path("data").path("outcome").asText());
      assertEquals("unknown", reset.path("data").path("reason").asText());
      assertFalse(reset.path("data").path("ids_kept").asBoolean());
      assertEquals("snapshot", ana.next().path("data").path("status").asText());
    }
  }
}
