package dev.holdfast.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.config.Config;
import dev.holdfast.cli.config.HoldfastYaml;
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

  private static StartedServer start(Config config) throws IOException, InterruptedException {
    URI url = config.url();
    if (url == null) {
      throw new AssertionError("no url");
    }
    return StartedServer.start(url, config.more());
  }

  private Config declared(int port, String command) throws IOException {
    String text =
        "target: {url: 'ws://127.0.0.1:%d/ws/chat', start: %s}%n".formatted(port, command);
    return HoldfastYaml.read(Files.writeString(folder.resolve("holdfast.yaml"), text));
  }

  private String webServer(int port) {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jwebserver");
    return "['%s', -b, 127.0.0.1, -p, '%d', -d, '%s']".formatted(program, port, folder);
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
