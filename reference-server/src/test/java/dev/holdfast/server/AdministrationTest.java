package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.server.wire.HeldAgent;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdministrationTest {
  private static final String OFF = "{\"enabled\":false,\"percent\":100}";
  private static final String ON = "{\"enabled\":true,\"percent\":100}";

  private static final long LONG_MS = 600_000;

  @SuppressWarnings("NullAway.Init")
  private ReferenceServer server;

  private void start(ServerOptions.Builder options) throws IOException {
    server = ReferenceServer.start(options.build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theKillSwitchLetsTheRunFinishAndSendsTheClientToHttp() throws IOException {
    HeldAgent agent = new HeldAgent();
    start(ServerOptions.builder().agent(agent).drainMs(LONG_MS));
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("before");
      ana.untilStatus("processing");
      assertEquals(200, Http.send(server, "PUT", "/admin/rollout", OFF).status());
      ana.untilStatus("drain");
      ana.say("m-2", "after");
      JsonNode refused = ana.untilType("error").getLast();
      assertEquals("draining", refused.path("data").path("code").asText());
      agent.release();
      assertTrue(ana.answer().contains("before"));
      assertEquals(4001, ana.closeCode());
    }
    String transport = Http.get(server, "/api/transport").json().path("transport").asText();
    assertEquals("http", transport);
    String body = "{\"message\":\"after\",\"session_id\":\"s-1\",\"id\":\"m-2\"}";
    assertEquals(200, Http.post(server, "/api/chat", body).status());
    assertEquals(200, Http.send(server, "PUT", "/admin/rollout", ON).status());
    try (RawClient back = RawClient.core(server, "s-1")) {
      back.say("again");
      assertTrue(back.answer().contains("again"));
    }
  }

  @Test
  void anotherPercentageCutsNobodyOff() throws IOException {
    start(ServerOptions.builder());
    try (RawClient ana = RawClient.core(server, "s-1")) {
      Http.send(server, "PUT", "/admin/rollout", "{\"enabled\":true,\"percent\":0}");
      ana.say("still in");
      assertTrue(ana.answer().contains("still in"));
      assertEquals(403, RawClient.dial(server, "?session_id=s-2").status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"enabled\":1,\"percent\":5}", "{\"enabled\":true,\"percent\":101}"})
  void refusesARolloutThatIsNone(String body) throws IOException {
    start(ServerOptions.builder());
    assertEquals(400, Http.send(server, "PUT", "/admin/rollout", body).status());
    assertEquals(ON, Http.get(server, "/admin/rollout").body());
  }

  @Test
  void wantsTheTokenWhereOneIsConfigured() throws IOException {
    start(ServerOptions.builder().adminToken("s3cret"));
    assertEquals(401, Http.get(server, "/admin/rollout").status());
    assertEquals(401, Http.get(server, "/admin/rollout", "Authorization", "Bearer s3cre").status());
    assertEquals(
        200, Http.get(server, "/admin/rollout", "Authorization", "Bearer s3cret").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Origin", "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto"})
  void servesNobodyBehindAProxyWithoutAToken(String header) throws IOException {
    start(ServerOptions.builder());
    assertEquals(403, Http.get(server, "/admin/rollout", header, server.httpUrl()).status());
    assertEquals(403, Http.post(server, "/admin/drain", "", header, server.httpUrl()).status());
  }

  @Test
  void drainSendsSocketsAwayWith4001() throws IOException {
    start(ServerOptions.builder());
    try (RawClient ana = RawClient.core(server, "s-1")) {
      assertEquals(202, Http.post(server, "/admin/drain", "").status());
      ana.untilStatus("drain");
      assertEquals(4001, ana.closeCode());
    }
  }
}
