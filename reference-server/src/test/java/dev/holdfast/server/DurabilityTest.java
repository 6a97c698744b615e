package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.ScriptedAgent;
import dev.holdfast.server.wire.HeldAgent;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import dev.holdfast.server.wire.Tab;
import java.io.IOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server with a store still knows after it was killed. */
class DurabilityTest {
  @TempDir private Path directory;
  private Agent agent = new ScriptedAgent();
  private ReferenceServer server;

  @BeforeEach
  void start() throws IOException {
    server = ReferenceServer.start(options(0));
  }

  private ServerOptions options(int port) {
    return ServerOptions.builder()
        .port(port)
        .agent(agent)
        .limits(Limits.STANDARD.withDeadlines(100, 30_000))
        .store(directory.resolve("sessions.db"))
        .auditDirectory(directory)
        .build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void killAndStartAgain() throws IOException {
    server.kill();
    server = ReferenceServer.start(options(server.port()));
  }

  @Test
  void resumesASessionOverAKill() throws IOException {
    Tab tab = new Tab("s-1");
    JsonNode first = tab.join(server);
    tab.says("m-1", "remember me").end();
    killAndStartAgain();

    JsonNode again = tab.join(server);

    assertEquals("resumed", again.path("outcome").asText());
    assertEquals(first.path("epoch"), again.path("epoch"));
    assertEquals(first.path("resume_token"), again.path("resume_token"));
    assertEquals(1, again.path("ack").asLong(), "the message was processed");
    assertTrue(tab.says("m-2", "and me").end().path("content").asText().contains("and me"));
  }

  @Test
  void replaysWhatWasSaidToNobodyBeforeTheKill() throws IOException {
    Tab tab = new Tab("s-1");
    tab.join(server);
    tab.says("m-1", "#agent slow_ms=100 tools=0\nsay it to the void").untilStatus("processing");
    tab.client().close();
    Awaitility.await().until(() -> answered("s-1"));
    killAndStartAgain();

    assertEquals("resumed", tab.join(server).path("outcome").asText());
    assertTrue(tab.end().path("content").asText().contains("to the void"));
  }

  private boolean answered(String session) {
    return Http.get(server, "/metrics").body().contains("holdfast_runs_seconds_count{result=\"com")
        && !session.isEmpty();
  }

  @Test
  void endsACutRunAndSaysThatItMayBeTriedAgain() throws IOException {
    Tab tab = new Tab("s-1");
    tab.join(server);
    tab.says("m-1", "#agent slow_ms=60000 tools=0\nnever").untilStatus("processing");
    killAndStartAgain();

    tab.join(server);
    JsonNode end = tab.end();

    assertEquals("interrupted", end.path("code").asText());
    assertTrue(end.path("retryable").asBoolean());
    assertFalse(end.has("indeterminate"));
  }

  @Test
  void leavesItOpenWhetherACutToolDidItsWork() throws IOException {
    server.close();
    agent = new HeldAgent(tool("pending"), tool("running"));
    start();
    Tab tab = new Tab("s-1");
    tab.join(server);
    tab.says("m-1", "book it").untilTool("running");
    killAndStartAgain();

    tab.join(server);
    JsonNode end = tab.end();

    assertEquals("interrupted", end.path("code").asText());
    assertFalse(end.path("retryable").asBoolean());
    assertTrue(end.path("indeterminate").asBoolean());
  }

  private static AgentEvent tool(String status) {
    return new AgentEvent.Tool("book", "call-1", status, null);
  }

  @Test
  void startsWhatWaitedAndRunsNothingTwice() throws IOException {
    Tab tab = new Tab("s-1");
    tab.join(server);
    tab.says("m-1", "#agent slow_ms=60000 tools=0\ncut").untilStatus("processing");
    tab.says("m-2", "waits").untilStatus("ack");
    killAndStartAgain();

    tab.join(server);
    assertEquals("interrupted", tab.end().path("code").asText());
    assertTrue(tab.end().path("content").asText().contains("waits"));
    String token = "Bearer " + tab.join(server).path("resume_token").asText();
    String twice = "{\"session_id\":\"s-1\",\"id\":\"m-2\",\"message\":\"waits\"}";
    assertEquals(200, Http.post(server, "/api/chat", twice, "Authorization", token).status());
    assertEquals(
        409,
        Http.post(server, "/api/chat", twice.replace("waits", "x"), "Authorization", token)
            .status());
  }

  @Test
  void tellsAPlainClientToo() throws IOException {
    RawClient ana = RawClient.core(server, "s-1");
    ana.say("m-1", "#agent slow_ms=60000 tools=0\ncut");
    ana.untilStatus("processing");
    killAndStartAgain();

    try (RawClient back = RawClient.core(server, "s-1")) {
      JsonNode error = back.untilType("error").getLast();
      assertEquals("interrupted", error.path("data").path("code").asText());
      assertEquals("m-1", error.path("reply_to").asText());
    }
  }

  @Test
  void refusesASecondServerOnTheSameStore() {
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                ReferenceServer.start(
                    ServerOptions.builder().store(directory.resolve("sessions.db")).build()));

    assertTrue(refused.toString().contains("another server has the store"), refused::toString);
  }

  @Test
  void forgetsInTheStoreWhatItForgetsInMemory() throws IOException {
    server.close();
    ServerConfig quick = ServerConfig.STANDARD.withRetention(50, 1_000, 1 << 20);
    Path file = directory.resolve("quick.db");
    var short1 = ServerOptions.builder().config(quick).store(file);
    server = ReferenceServer.start(short1.build());
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("m-1", "hi");
      ana.answer();
    }
    Awaitility.await().until(() -> server.sessions() == 0);
    server.close();
    server = ReferenceServer.start(short1.build());
    assertEquals(0, server.sessions());
  }
}
