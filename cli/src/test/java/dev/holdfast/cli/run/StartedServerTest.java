package dev.holdfast.cli.run;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.config.Config;
import dev.holdfast.cli.config.HoldfastYaml;
import dev.holdfast.client.access.Access;
import dev.holdfast.scenarios.load.ScenarioError;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server by its owner's command: here the one that every JDK brings. */
class StartedServerTest {
  @TempDir Path folder;

  @Test
  void isReadyWhenStartedAndGoneWhenClosed() throws Exception {
    int port = freePort();
    Config config = declared(port, webServer(port));
    try (StartedServer server = start(config)) {
      assertEquals(200, answer(port));

      server.restart(Map.of("SOME", "thing"));

      assertEquals(200, answer(port));
    }
    assertThrows(IOException.class, () -> answer(port));
  }

  @Test
  void oneThatEndsIsToldWithItsLastWords() throws Exception {
    int port = freePort();
    Config config = declared(port, "[sh, -c, 'echo no module named fastapi; exit 3']");

    IOException e = assertThrows(IOException.class, () -> start(config).close());

    assertTrue(String.valueOf(e.getMessage()).contains("exit code 3"), e::getMessage);
    assertTrue(String.valueOf(e.getMessage()).endsWith(": no module named fastapi"), e::getMessage);
  }

  @Test
  void whatListensAlreadyIsNotTakenForIt() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Config config = declared(other.getLocalPort(), "[sh, -c, 'exit 0']");

      IOException e = assertThrows(IOException.class, () -> start(config).close());

      assertTrue(String.valueOf(e.getMessage()).contains("there already"), e::getMessage);
    }
  }

  @Test
  void itsCommandIsRunWhereTheFileIs() throws Exception {
    Files.writeString(folder.resolve("who.sh"), "echo here; exit 3");
    Config config = declared(freePort(), "[sh, who.sh]");

    IOException e = assertThrows(IOException.class, () -> start(config).close());

    assertTrue(String.valueOf(e.getMessage()).endsWith(": here"), e::getMessage);
  }

  @Test
  void aPortThatIsLeftOpenIsAFreeOneEverywhere() throws Exception {
    Config config = declared("start: " + webServer("{port}") + ", http: 'http://127.0.0.1:{port}'");
    int port = TargetUrl.port(requireNonNull(config.url()));
    assertEquals(URI.create("http://127.0.0.1:" + port), config.http());
    try (StartedServer server = start(config)) {
      assertNotNull(server);
      assertEquals(200, answer(port));
    }
  }

  @Test
  void aPortThatIsLeftOpenIsThatOfTheUrl() throws Exception {
    Config config =
        declared("url: 'ws://127.0.0.1:4711/chat', start: [server], env: {PORT: '{port}'}");
    assertEquals(Map.of("PORT", "4711"), config.more().env(4711));
    URI there = requireNonNull(declared("url: 'ws://127.0.0.1:{port}/chat', start: [s]").url());
    assertTrue(there.toString().matches("ws://127.0.0.1:\\d+/chat"), there::toString);
  }

  @Test
  void whoDoesNotSayWhereItListensIsAsked() {
    var e = assertThrows(ScenarioError.class, () -> declared("start: [node, server.mjs]"));
    assertTrue(String.valueOf(e.getMessage()).contains("where does this server listen?"));
    var open = assertThrows(ScenarioError.class, () -> declared("url: 'ws://x:{port}'"));
    assertTrue(String.valueOf(open.getMessage()).contains("give start"), open::getMessage);
  }

  private static StartedServer start(Config config) throws IOException, InterruptedException {
    URI url = config.url();
    if (url == null) {
      throw new AssertionError("no url");
    }
    return StartedServer.start(url, config.more(), Access.NONE);
  }

  private Config declared(int port, String command) throws IOException {
    return declared("url: 'ws://127.0.0.1:%d/ws/chat', start: %s".formatted(port, command));
  }

  private Config declared(String target) throws IOException {
    String text = "target: {" + target + "}\n";
    return HoldfastYaml.read(Files.writeString(folder.resolve("holdfast.yaml"), text));
  }

  private String webServer(int port) {
    return webServer(String.valueOf(port));
  }

  private String webServer(String port) {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jwebserver");
    return "['%s', -b, 127.0.0.1, -p, '%s', -d, '%s']".formatted(program, port, folder);
  }

  private static int answer(int port) throws IOException {
    URI url = URI.create("http://127.0.0.1:" + port + "/");
    return ((HttpURLConnection) url.toURL().openConnection()).getResponseCode();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
