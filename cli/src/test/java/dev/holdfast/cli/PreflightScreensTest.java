package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.scenarios.preflight.ForeignServer;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.Tls;
import dev.holdfast.server.wire.Pem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says of targets that do not speak the protocol, and the page of it. */
@Tag("ci")
class PreflightScreensTest {
  private static final String COMMAND =
      "mvn -Pci -pl cli -am test -Dtest=PreflightScreensTest -Dscreens=write"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private static final String ENGINE_IO = "0{\"sid\":\"lv_VI97HAXpY6yYWAAAB\",\"upgrades\":[]}";

  @TempDir Path folder;

  /** A target, and the address that the user declares for its WebSocket. */
  private record Foreign(String title, URI url, AutoCloseable server) {
    static Foreign of(String title, ForeignServer server) {
      return new Foreign(title, server.url(), server);
    }
  }

  private List<Foreign> targets() throws Exception {
    ReferenceServer plain = ReferenceServer.start(ServerOptions.builder().build());
    ReferenceServer wrong = ReferenceServer.start(ServerOptions.builder().build());
    Pem pem = Pem.in(folder);
    ReferenceServer secure =
        ReferenceServer.start(
            ServerOptions.builder().tls(new Tls(pem.certificate(), pem.key())).build());
    int securePort = URI.create(secure.wsUrl()).getPort();
    return List.of(
        new Foreign("The path is wrong", URI.create(wrong.wsUrl() + "s"), wrong),
        Foreign.of(
            "Only HTTP is served",
            ForeignServer.ending("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n<h1>Hello</h1>")),
        Foreign.of(
            "A token is required",
            ForeignServer.ending(
                "HTTP/1.1 401 Unauthorized\r\nContent-Length: 20\r\n\r\n{\"error\":\"no token\"}")),
        new Foreign(
            "`ws://` at a port that speaks TLS",
            URI.create("ws://127.0.0.1:" + securePort + "/ws/chat"),
            secure),
        new Foreign(
            "`wss://` at a port that does not speak TLS",
            URI.create(plain.wsUrl().replace("ws://", "wss://")),
            plain),
        Foreign.of("socket.io", ForeignServer.saying(ENGINE_IO)),
        Foreign.of("STOMP", ForeignServer.saying("CONNECTED\nversion:1.2\n\n\0")),
        Foreign.of("Plain text", ForeignServer.saying("Welcome to the chat!")),
        Foreign.of("Another JSON", ForeignServer.saying("{\"event\":\"hello\"}")),
        Foreign.of("A server that accepts and says nothing", ForeignServer.saying()),
        Foreign.of("A handshake that is not answered", ForeignServer.staying("")));
  }

  @Test
  void eachIsNamedOnOneScreenAndThePageShowsIt() throws Exception {
    StringBuilder page = new StringBuilder(INTRODUCTION.formatted(COMMAND));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Foreign> targets = targets();
      List<Future<Spoken>> screens = new ArrayList<>();
      for (Foreign one : targets) {
        String out = folder.resolve("report-" + screens.size()).toString();
        screens.add(
            threads.submit(() ->
                Spoken.by("check", "server", one.url().toString(), "--out", out, "--seed", "1")));
      }
      for (int i = 0; i < targets.size(); i++) {
        Spoken spoken = screens.get(i).get();
        assertEquals(2, spoken.exitCode(), spoken::out);
        page.append(section(targets.get(i), spoken));
        targets.get(i).server().close();
      }
    }
    Path file = file();
    if ("write".equals(System.getProperty("screens"))) {
      Files.writeString(file, page);
    }
    assertEquals(Files.readString(file), page.toString(), file + " is stale; " + COMMAND);
  }

  private static String section(Foreign one, Spoken spoken) {
    URI url = one.url();
    String shown = (spoken.err() + spoken.out()).replace(":" + url.getPort(), ":8000");
    String typed =
        "./holdfast check server " + url.toString().replace(":" + url.getPort(), ":8000");
    return "\n## " + one.title() + "\n\n```\n$ " + typed + "\n" + shown.strip() + "\n```\n";
  }

  private static final String INTRODUCTION =
      """
      # What Holdfast says of a target that it cannot judge

      `check server`, `chaos`, `load` and `gate` first look at the target: one handshake, its greeting, and one answer
      to the plain message. If no frame of the protocol comes, nothing else is played. Holdfast says in one sentence
      what came, what the target most likely is, and what to do. The exit code is 2.

      If frames of the protocol come but the greeting or the end of the answer is missing, that is one finding, and
      the exit code is 1.

      The screens below are written by `%s`.
      """;

  private static Path file() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("docs/protocol.md"))) {
        return at.resolve("docs/guide/preflight.md");
      }
    }
    throw new IOException("no docs/protocol.md above " + Path.of("").toAbsolutePath());
  }
}
