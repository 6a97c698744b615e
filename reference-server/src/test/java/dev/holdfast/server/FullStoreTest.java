package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.server.audit.AuditSink;
import dev.holdfast.server.store.SqliteStore;
import dev.holdfast.server.store.StoreLimit;
import dev.holdfast.server.wire.HeldAgent;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import dev.holdfast.server.wire.Tab;
import java.io.IOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that takes no more, and then does again. */
class FullStoreTest {
  private static final String BIG = "x".repeat(200_000);

  @TempDir private Path directory;

  @Test
  void refusesNewWorkAndLosesNothingAccepted() throws IOException {
    HeldAgent agent = new HeldAgent();
    Path file = directory.resolve("sessions.db");
    SqliteStore store = SqliteStore.open(file, SqliteStore.Durability.PROCESS);
    ServerOptions options =
        ServerOptions.builder()
            .agent(agent)
            .limits(Limits.STANDARD.withDeadlines(100, 30_000))
            .build();
    Tab tab = new Tab("s-1");
    try (ReferenceServer server = ReferenceServer.start(options, AuditSink.NONE, store);
        RawClient bea = RawClient.core(server, "s-2")) {
      tab.join(server);
      tab.says("m-1", "accepted before").untilStatus("processing");
      StoreLimit.pages(store, 1);
      tab.says("m-2", BIG);
      assertEquals(1013, tab.client().closeCode(), "rather than deaf");
      agent.release();
      bea.say("b-1", "not now");
      JsonNode refused = bea.untilType("error").getLast();
      assertEquals("unavailable", refused.path("data").path("code").asText());
      assertTrue(refused.path("data").path("retryable").asBoolean());
      assertEquals("b-1", refused.path("reply_to").asText());
      assertEquals(503, Http.post(server, "/api/chat", "{\"message\":\"a\"}").status());
      assertEquals(503, RawClient.dial(server, "?session_id=s-3").status());

      StoreLimit.pages(store, 1 << 20);
      Awaitility.await().until(() -> Http.get(server, "/ready").status() == 200);
      bea.say("b-2", "and now");
      assertTrue(bea.answer().contains("and now"));
      assertEquals("resumed", tab.join(server).path("outcome").asText());
      assertTrue(tab.end().path("content").asText().contains("accepted before"));
    }
  }
}
