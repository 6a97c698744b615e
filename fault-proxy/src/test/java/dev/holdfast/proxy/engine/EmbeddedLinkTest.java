package dev.holdfast.proxy.engine;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EmbeddedLinkTest {
  private FaultEngine engine;
  private ServerSocket server;
  private Link link;

  @BeforeEach
  void open() throws IOException {
    engine = EmbeddedEngine.start(0, 1);
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    link = engine.open("link", (InetSocketAddress) server.getLocalSocketAddress());
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
    server.close();
  }

  @Test
  void downCutsAndRefusesUntilRemoved() throws IOException {
    try (Socket client = connect();
        Socket accepted = server.accept()) {
      Injection down = link.inject("down", Map.of());
      assertEquals(-1, client.getInputStream().read());
      assertEquals(-1, accepted.getInputStream().read());
      assertEquals(1, down.bites());
      assertThrows(ConnectException.class, this::connect);
      down.remove();
      down.remove();
      connect().close();
    }
  }

  @Test
  void downWithoutAConnectionNeverBites() {
    Injection down = link.inject("down", Map.of());
    assertEquals(0, down.bites());
    down.remove();
  }

  @Test
  void twoDownsNeedTwoRemovals() throws IOException {
    Injection one = link.inject("down", Map.of());
    Injection two = link.inject("down", Map.of());
    one.remove();
    assertThrows(ConnectException.class, this::connect);
    two.remove();
    connect().close();
  }

  @Test
  void halfOpenRelaysNeitherBytesNorCloseAndLetsNewConnectionsThrough() throws IOException {
    try (Socket client = connect();
        Socket accepted = server.accept()) {
      echo(client, accepted);
      Injection half = link.inject("half_open", Map.of());
      client.getOutputStream().write(1);
      accepted.getOutputStream().write(1);
      await().until(() -> half.bites() == 2);
      assertSilent(client);
      assertSilent(accepted);
      client.shutdownOutput();
      await().until(() -> half.bites() == 3);
      assertSilent(accepted);
      try (Socket again = connect();
          Socket acceptedAgain = server.accept()) {
        echo(again, acceptedAgain);
        half.remove();
        echo(again, acceptedAgain);
      }
      assertThrows(SocketException.class, () -> accepted.getInputStream().read());
    }
  }

  @Test
  void halfOpenOfNewConnectionsToo() throws IOException {
    link.inject("half_open", Map.of("new_connections", "silent", "stream", "downstream"));
    try (Socket client = connect();
        Socket accepted = server.accept()) {
      client.getOutputStream().write(7);
      assertEquals(7, accepted.getInputStream().read());
      accepted.getOutputStream().write(7);
      assertSilent(client);
    }
  }

  @Test
  void aToxicBitesOnlyWhenTrafficMeetsIt() throws IOException {
    Injection latency = link.inject("latency", Map.of("latency", 500, "stream", "upstream"));
    try (Socket client = connect();
        Socket accepted = server.accept()) {
      accepted.getOutputStream().write(1);
      assertEquals(1, client.getInputStream().read());
      assertEquals(0, latency.bites());
      client.getOutputStream().write(1);
      assertEquals(1, accepted.getInputStream().read());
      assertEquals(1, latency.bites());
      latency.remove();
      latency.remove();
      assertEquals(1, latency.bites());
    }
  }

  @Test
  void namesTheNearestKnownWord() {
    assertMeant("half_open", () -> link.inject("half_opne", Map.of()));
    assertMeant("latency", () -> link.inject("latencyy", Map.of()));
    assertMeant("jitter", () -> link.inject("latency", Map.of("jiter", 1)));
    assertMeant("downstream", () -> link.inject("latency", Map.of("stream", "downstraem")));
    assertThrows(
        IllegalArgumentException.class, () -> link.inject("latency", Map.of("latency", "soon")));
    assertThrows(IllegalArgumentException.class, () -> link.inject("down", Map.of("for", 1)));
  }

  @Test
  void supportsWhatItKnows() {
    assertTrue(engine.supports("down"));
    assertTrue(engine.supports("noop"));
    assertTrue(engine.supports("half_open"));
    assertTrue(!engine.supports("gremlins"));
  }

  @Test
  void closingTheLinkFreesItsNameAndLaterRemovalsDoNothing() throws IOException {
    Injection latency = link.inject("latency", Map.of("latency", 5));
    Injection down = link.inject("down", Map.of());
    link.close();
    link.close();
    latency.remove();
    down.remove();
    engine.open("link", (InetSocketAddress) server.getLocalSocketAddress()).close();
  }

  private static void assertMeant(String word, Runnable call) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
    assertTrue(message.endsWith("did you mean " + word + "?"), message);
  }

  private Socket connect() throws IOException {
    return new Socket(link.listen().getAddress(), link.listen().getPort());
  }

  private static void echo(Socket client, Socket accepted) throws IOException {
    client.getOutputStream().write(42);
    assertEquals(42, accepted.getInputStream().read());
    accepted.getOutputStream().write(43);
    assertEquals(43, client.getInputStream().read());
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(50);
    assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    socket.setSoTimeout(0);
  }
}
