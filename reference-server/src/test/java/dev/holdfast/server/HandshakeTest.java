package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  @SuppressWarnings("NullAway.Init")
  private ReferenceServer server;

  private void start(ServerOptions.Builder options) throws IOException {
    server = ReferenceServer.start(options.build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void assertRefused(int status, String code, String query, String... headers) {
    try (RawClient client = RawClient.dial(server, query, headers)) {
      assertEquals(status, client.status());
      assertEquals(code, client.response().json().path("code").asText());
      assertFalse(client.response().json().path("error").asText().isBlank());
      boolean mayRetry = status == 429 || status == 503;
      assertEquals(mayRetry, client.response().headers().containsKey("Retry-After"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?session_id=", "?session_id=a%20b", "?session_id=%C3%A4", "?user_id=a/b"})
  void refusesNamesOutsideTheAlphabet(String query) throws IOException {
    start(ServerOptions.builder());
    assertRefused(400, "bad_session_id", query);
    assertRefused(400, "bad_session_id", "?session_id=" + "x".repeat(129));
  }

  @Test
  void refusesABadlyEscapedQuery() throws IOException {
    start(ServerOptions.builder());
    assertRefused(400, "bad_request", "?session_id=%zz");
  }

  @Test
  void refusesForeignOriginsAndTakesListedAndOwnOnes() throws IOException {
    start(ServerOptions.builder().allowedOrigins(Set.of("https://chat.example")));
    assertRefused(403, "origin_forbidden", "?session_id=s", "Origin: https://evil.example");
    assertRefused(403, "origin_forbidden", "?session_id=s", "Origin: null");
    for (String good : new String[] {"https://chat.example", server.httpUrl()}) {
      try (RawClient client = RawClient.dial(server, "?session_id=s", "Origin: " + good)) {
        assertEquals(101, client.status(), good);
      }
    }
  }

  @Test
  void refusesWhomTheRolloutLeavesOut() throws IOException {
    start(ServerOptions.builder().rollout(true, 0));
    assertRefused(403, "websocket_disabled", "?session_id=s&user_id=ana");
    assertTrue(Http.get(server, "/metrics").body().contains("reason=\"websocket_disabled\""));
  }

  @Test
  void refusesACoreConnectionToASessionOpenedInResume() throws IOException {
    start(ServerOptions.builder());
    try (RawClient ana = RawClient.resume(server, "s-1")) {
      assertEquals("agent-chat.v1", ana.response().headers().get("Sec-WebSocket-Protocol"));
      ana.text(
          "{\"type\":\"status\",\"data\":{\"status\":\"hello\",\"client_id\":\"tab\","
              + "\"attempt\":1,\"ack\":0,\"capabilities\":[]}}");
      ana.untilStatus("connected");
      assertRefused(403, "forbidden", "?session_id=s-1");
    }
  }

  @Test
  void refusesBeyondItsCapacity() throws IOException {
    start(ServerOptions.builder().limits(Limits.STANDARD.withConnections(1, 100)));
    try (RawClient only = RawClient.core(server, "s-1")) {
      assertRefused(503, "over_capacity", "?session_id=s-2");
      only.closeWith(1000);
    }
    Awaitility.await().until(() -> server.connections() == 0);
    RawClient.core(server, "s-2").close();
  }

  @Test
  void refusesHandshakesAboveTheRate() throws IOException {
    start(ServerOptions.builder().limits(Limits.STANDARD.withHandshakesPerSecond(1)));
    RawClient.core(server, "s-1").close();
    // A busy machine needs a second for two handshakes now and then.
    Awaitility.await().untilAsserted(() -> assertRefused(429, "rate_limited", "?session_id=s-2"));
  }

  @Test
  void refusesWhileItDrains() throws IOException {
    start(ServerOptions.builder());
    assertEquals(202, Http.post(server, "/admin/drain", "").status());
    assertRefused(503, "draining", "?session_id=s-1");
    assertEquals(503, Http.get(server, "/ready").status());
    assertEquals(200, Http.get(server, "/health").status());
  }

  @Test
  void asksForAnUpgradeWhereThereIsNone() throws IOException {
    start(ServerOptions.builder());
    assertEquals(426, Http.get(server, "/ws/chat?session_id=s").status());
  }

  @Test
  void speaksCoreToWhoOffersAnotherSubprotocol() throws IOException {
    start(ServerOptions.builder());
    try (RawClient client =
        RawClient.dial(server, "?session_id=s", "Sec-WebSocket-Protocol: soap, wamp")) {
      assertEquals(101, client.status());
      assertEquals("connected", client.next().path("data").path("status").asText());
    }
  }
}
