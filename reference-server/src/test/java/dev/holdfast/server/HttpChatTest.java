package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.protocol.testing.PatientWaits;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.HttpText;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpChatTest {
  private ReferenceServer server;

  @BeforeEach
  void start() throws IOException {
    server = ReferenceServer.start(ServerOptions.builder().build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpText chat(String body, String... headers) {
    return Http.post(server, "/api/chat", body, headers);
  }

  @Test
  void answersWithTheWholeRun() {
    HttpText reply = chat("{\"message\":\"Create a P1 story for test\",\"session_id\":\"s-1\"}");
    assertEquals(200, reply.status());
    JsonNode body = reply.json();
    assertTrue(body.path("response").asText().contains("Create a P1 story for test"));
    assertEquals("story", body.path("artifacts").path(0).path("type").asText());
    assertEquals("P1", body.path("artifacts").path(0).path("data").path("priority").asText());
    assertEquals("s-1", body.path("session_id").asText());
    assertFalse(body.path("run_id").asText().isEmpty());
    assertEquals("completed", body.path("tools").path(0).path("status").asText());
  }

  @Test
  void mintsASessionWhereNoneIsGiven() {
    assertEquals(32, chat("{\"message\":\"hi\"}").json().path("session_id").asText().length());
  }

  @Test
  void sharesIdsWithTheSocket() {
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("m-1", "once only");
      List<JsonNode> seen = ana.until(RawClient::isAnswer);
      String run = seen.get(seen.size() - 1).path("run_id").asText();
      HttpText again = chat("{\"message\":\"once only\",\"session_id\":\"s-1\",\"id\":\"m-1\"}");
      assertEquals(run, again.json().path("run_id").asText());
      HttpText other = chat("{\"message\":\"other\",\"session_id\":\"s-1\",\"id\":\"m-1\"}");
      assertEquals(409, other.status());
      assertEquals("id_reused", other.json().path("code").asText());
    }
  }

  @Test
  void aDuplicateWaitsForTheRunInProgress() {
    String body = "{\"message\":\"#agent slow_ms=150\\nhi\",\"session_id\":\"s-1\",\"id\":\"m-1\"}";
    Executor threads = Thread::startVirtualThread;
    CompletableFuture<HttpText> first = CompletableFuture.supplyAsync(() -> chat(body), threads);
    CompletableFuture<HttpText> second = CompletableFuture.supplyAsync(() -> chat(body), threads);
    String run = first.join().json().path("run_id").asText();
    assertEquals(run, second.join().json().path("run_id").asText());
  }

  @Test
  void tellsOfAFailedRun() {
    HttpText reply = chat("{\"message\":\"#agent fail\\nhi\",\"session_id\":\"s-1\"}");
    assertEquals(502, reply.status());
    assertEquals("agent_failed", reply.json().path("code").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                        | invalid_json",
        "''                                       | invalid_request",
        "[]                                       | invalid_request",
        "{\"message\":\"a\",\"message\":\"b\"}    | invalid_json",
        "{\"message\":\"\\ud800\"}                | invalid_json",
        "{\"message\":\"\"}                       | empty_content",
        "{\"message\":7}                          | empty_content",
        "{\"message\":\"a\",\"session_id\":\"/\"} | bad_session_id",
        "{\"message\":\"a\",\"id\":1}             | invalid_request",
        "{\"message\":\"a\",\"message_history\":3}| invalid_request",
      })
  void refusesBadBodies(String body, String code) {
    HttpText reply = chat(body);
    assertEquals(400, reply.status());
    assertEquals(code, reply.json().path("code").asText());
  }

  @Test
  void refusesABodyOverTheLimit() {
    HttpText reply = chat("{\"message\":\"" + "x".repeat(1 << 20) + "\"}");
    assertEquals(413, reply.status());
    assertEquals("too_large", reply.json().path("code").asText());
  }

  @Test
  void refusesUnknownPathsAndWrongMethodsInJson() {
    HttpText nothing = Http.get(server, "/nothing");
    assertEquals(404, nothing.status());
    assertEquals("not_found", nothing.json().path("code").asText());
    HttpText wrong = Http.get(server, "/api/chat");
    assertEquals(405, wrong.status());
    assertEquals("POST", wrong.headers().get("Allow"));
  }

  @Test
  void refusesPagesOfForeignOriginsAndSharesWithAllowedOnes() throws IOException {
    HttpText foreign =
        Http.post(server, "/api/chat", "{\"message\":\"a\"}", "Origin", "https://evil.example");
    assertEquals(403, foreign.status());
    assertFalse(foreign.headers().containsKey("Access-Control-Allow-Origin"));
    String own = "http://localhost:3000";
    HttpText page = Http.send(server, "OPTIONS", "/api/chat", "", "Origin", own);
    assertEquals(204, page.status());
    assertEquals(own, page.headers().get("Access-Control-Allow-Origin"));
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout((int) PatientWaits.PATIENCE.toMillis());
      String slow = "{\"message\":\"#agent slow_ms=100\\nfirst\"}";
      String requests =
          "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + slow.length()
              + "\r\n\r\n"
              + slow
              + "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.UTF_8));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(all.indexOf("first") > 0 && all.indexOf("first") < all.indexOf("\"ok\""), all);
    }
  }

  @Test
  void transportNamesTheSocket() {
    JsonNode transport = Http.get(server, "/api/transport?user_id=ana").json();
    assertEquals("websocket", transport.path("transport").asText());
    assertEquals(server.wsUrl(), transport.path("url").asText());
    assertEquals("agent-chat.v1", transport.path("subprotocols").path(0).asText());
    assertEquals(100, transport.path("rollout_percent").asInt());
    assertEquals(30_000, transport.path("heartbeat_interval_ms").asInt());
  }

  @Test
  void countsWhatItDid() {
    chat("{\"message\":\"hi\",\"session_id\":\"s-1\",\"id\":\"m\"}");
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("m", "hi");
      ana.untilStatus("ack");
      String metrics = Http.get(server, "/metrics").body();
      for (String line :
          new String[] {
            "holdfast_connections 1.0",
            "holdfast_sessions 1.0",
            "holdfast_frames_in_total 1.0",
            "holdfast_duplicates_total 1.0",
            "holdfast_runs_seconds_count{result=\"completed\"} 1",
          }) {
        assertTrue(metrics.contains(line), line + "\n" + metrics);
      }
    }
  }
}
