package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.HttpText;
import dev.holdfast.server.wire.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tabs that share a session, who is in it, and what the server says first. */
class TogetherTest {
  private static final Executor VIRTUAL = Thread::startVirtualThread;
  private static final List<String> ALL = List.of("tokens", "sync", "presence", "push");

  @TempDir private Path directory;
  private ReferenceServer server;

  @BeforeEach
  void start() throws IOException {
    server = ReferenceServer.start(options(0));
  }

  private ServerOptions options(int port) {
    return ServerOptions.builder()
        .port(port)
        .limits(Limits.STANDARD.withDeadlines(100, 30_000))
        .store(directory.resolve("sessions.db"))
        .auditDirectory(directory)
        .build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Tab first() {
    Tab tab = new Tab("s-1", "tab-1", "ana", ALL);
    assertEquals(
        List.of("presence", "push", "sync", "tokens"),
        tab.join(server).path("capabilities").valueStream().map(JsonNode::asText).toList());
    return tab;
  }

  private Tab second(Tab first) {
    Tab tab = first.beside("tab-2", "bo");
    tab.join(server);
    return tab;
  }

  private static boolean isEcho(JsonNode frame) {
    return frame.path("data").path("role").asText().equals("user");
  }

  private static boolean lists(JsonNode frame, int members) {
    return frame.path("data").path("members").size() == members;
  }

  private HttpText push(String id) {
    String body = "{\"message\":\"news\",\"id\":\"" + id + "\"}";
    return Http.post(server, "/api/sessions/s-1/push", body);
  }

  @Test
  void tellsEachTabWhatTheOtherSaid() {
    Tab one = first();
    Tab two = second(one);

    one.says("m-1", "hello");

    for (Tab tab : List.of(one, two)) {
      JsonNode echo = tab.until(TogetherTest::isEcho);
      assertEquals("m-1", echo.path("reply_to").asText());
      assertEquals("hello", echo.path("data").path("content").asText());
      assertTrue(tab.end().path("content").asText().contains("hello"));
    }
  }

  @Test
  void keepsForATabThatIsAwayWhatTheOtherHasRead() throws IOException {
    Tab one = first();
    Tab two = second(one);
    two.client().closeWith(1000);
    one.says("m-1", "hello").end();
    one.client().text("{\"type\":\"status\",\"data\":{\"status\":\"ack\"},\"ack\":2}");
    one.says("m-2", "more").end();
    server.kill();
    server = ReferenceServer.start(options(server.port()));

    JsonNode again = two.join(server);

    assertEquals("resumed", again.path("outcome").asText());
    assertEquals("hello", two.until(TogetherTest::isEcho).path("data").path("content").asText());
  }

  @Test
  void tellsWhoIsThereAndWhoLeft() {
    Tab one = first();
    one.until(f -> lists(f, 1));
    Tab two = second(one);
    JsonNode both = one.until(f -> lists(f, 2)).path("data").path("members");
    assertEquals("bo", both.path(1).path("user_id").asText());
    assertEquals(1, both.path(1).path("connections").asInt());

    two.client().close();

    assertEquals("ana", one.until(f -> lists(f, 1)).at("/data/members/0/user_id").asText());
  }

  @Test
  void pushesOnceAndSaysSo() throws IOException {
    Tab one = first();
    HttpText taken = push("p-1");
    HttpText again = push("p-1");
    JsonNode answer = one.until(f -> f.path("type").asText().equals("message") && f.has("seq"));

    assertEquals(List.of(202, 200), List.of(taken.status(), again.status()));
    assertEquals(taken.json().path("run_id"), again.json().path("run_id"));
    assertEquals(taken.json().path("run_id"), answer.path("run_id"));
    assertEquals("push", answer.path("data").path("origin").asText());
    assertFalse(answer.has("reply_to"));
    String audit = auditText();
    assertTrue(audit.contains("\"event\":\"push\""), audit);
    assertTrue(Http.get(server, "/metrics").body().contains("holdfast_pushes_total"));
  }

  private String auditText() throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.newDirectoryStream(directory, "actions_*.jsonl")) {
      for (Path file : files) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  @Test
  void refusesPushesThatCannotBe() {
    assertEquals(404, push("p-1").status(), "nobody was ever there");
    first();
    assertEquals(400, Http.post(server, "/api/sessions/s-1/push", "{}").status());
    assertEquals(400, Http.post(server, "/api/sessions/a%20b/push", "{}").status());
    assertEquals(404, Http.post(server, "/api/sessions/push", "{}").status());
    assertEquals(405, Http.get(server, "/api/sessions/s-1/push").status());
    HttpText foreign =
        Http.post(server, "/api/sessions/s-1/push", "{}", "X-Forwarded-For", "203.0.113.9");
    assertEquals(403, foreign.status());
    HttpText tooMany = Awaitility.await().until(this::firstTooMany, Objects::nonNull);
    assertEquals("1", tooMany.headers().get("Retry-After"));
  }

  /** Pushes forty times at once; the first refusal, or null where the machine was too slow. */
  private @Nullable HttpText firstTooMany() {
    List<CompletableFuture<HttpText>> pushes =
        IntStream.range(0, 40)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> push("p-" + i), VIRTUAL))
            .toList();
    return pushes.stream()
        .map(CompletableFuture::join)
        .filter(answer -> answer.status() == 429)
        .findFirst()
        .orElse(null);
  }

  @Test
  void takesOverAFileThatKnowsNothingOfAllThis() throws IOException, SQLException {
    Tab one = new Tab("s-1");
    one.join(server);
    one.says("m-1", "remember").end();
    server.close();
    try (var file = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("sessions.db"));
        var sql = file.createStatement()) {
      sql.execute("ALTER TABLE client DROP COLUMN sync");
      sql.execute("ALTER TABLE run DROP COLUMN pushed");
      sql.execute("ALTER TABLE claim DROP COLUMN unseen");
      sql.execute("PRAGMA user_version = 1");
    }

    server = ReferenceServer.start(options(server.port()));

    assertEquals("resumed", one.join(server).path("outcome").asText());
    Tab two = one.beside("tab-2", "bo");
    assertEquals("resumed", two.join(server).path("outcome").asText());
  }
}
