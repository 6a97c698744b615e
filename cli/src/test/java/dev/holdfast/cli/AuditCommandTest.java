package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions to the log of a server that served two messages. */
class AuditCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void serve() throws Exception {
    try (ReferenceServer server =
            ReferenceServer.start(ServerOptions.builder().auditDirectory(folder).build());
        HttpClient http = HttpClient.newHttpClient()) {
      for (String session : List.of("s-1", "s-2")) {
        String body = "{\"message\":\"hi\",\"session_id\":\"" + session + "\"}";
        URI chat = URI.create(server.httpUrl() + "/api/chat");
        var post = HttpRequest.newBuilder(chat).POST(HttpRequest.BodyPublishers.ofString(body));
        assertEquals(200, http.send(post.build(), BodyHandlers.ofString()).statusCode());
      }
    }
  }

  private Path log() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }

  @Test
  void aSoundLogPassesAndTellsItsHead() {
    Spoken spoken = Spoken.by("audit", "verify", folder.toString());

    assertEquals(0, spoken.exitCode(), spoken::err);
    assertTrue(spoken.out().matches("holdfast: PASS audit log sound to \\d+:[0-9a-f]{64}\\s+"));
  }

  @Test
  void theFirstBadLineIsNamed() throws IOException {
    List<String> lines = Files.readAllLines(log());
    lines.set(2, lines.get(2).replace("s-1", "s-9"));
    Files.write(log(), lines);

    Spoken spoken = Spoken.by("audit", "verify", folder.toString());

    assertEquals(1, spoken.exitCode());
    assertTrue(spoken.out().contains(log() + ":3: line 3 was changed"), spoken::out);
  }

  @Test
  void aCutEndIsNoticedAgainstAHeadThatWasKept() throws IOException {
    String head = Spoken.by("audit", "verify", folder.toString()).out().strip();
    String kept = head.substring(head.lastIndexOf(' ') + 1);
    List<String> lines = Files.readAllLines(log());
    Files.write(log(), lines.subList(0, lines.size() - 1));

    assertEquals(0, Spoken.by("audit", "verify", folder.toString()).exitCode());
    Spoken spoken = Spoken.by("audit", "verify", folder.toString(), "--head", kept, "--json");

    assertEquals(1, spoken.exitCode());
    assertTrue(spoken.out().contains("does not hold the kept head"), spoken::out);
  }

  @Test
  void nothingToVerifyAndABadHeadAreUsage() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertEquals(64, Spoken.by("audit", "verify", empty.toString()).exitCode());
    assertEquals(64, Spoken.by("audit", "verify", folder.toString(), "--head", "last").exitCode());
  }

  @Test
  void entriesAreFoundBySessionAndKind() {
    Spoken ended =
        Spoken.by("audit", "query", folder.toString(), "--session", "s-2", "--event", "run_ended");
    Spoken json = Spoken.by("audit", "query", folder.toString(), "--event", "http_chat", "--json");

    assertEquals(1, ended.outLines().size(), ended::out);
    assertTrue(ended.out().contains("run_ended") && ended.out().contains("session_id=s-2"));
    assertEquals("1 entry", ended.err().strip());
    assertEquals(2, json.outLines().size());
    assertTrue(json.outLines().getFirst().startsWith("{\"connection_id\""), json::out);
  }
}
