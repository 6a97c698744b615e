package dev.holdfast.proxy.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.proxy.engine.Injection;
import dev.holdfast.proxy.engine.Link;
import dev.holdfast.proxy.frame.RawSocket.Received;
import dev.holdfast.proxy.wire.Decision;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameFaultsTest {
  private final List<Decision> decisions = new CopyOnWriteArrayList<>();
  private final Deque<RawSocket> sockets = new ArrayDeque<>();
  private FaultEngine engine;
  private ServerSocket listener;
  private Link link;

  @SuppressWarnings("NullAway.Init") // connect() sets both; not every test has both.
  private RawSocket client;

  @SuppressWarnings("NullAway.Init")
  private RawSocket server;

  @BeforeEach
  void open() throws IOException {
    engine = EmbeddedEngine.start(0, 7, decisions::add);
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(RawSocket.PATIENCE_MS);
    link = engine.open("link", (InetSocketAddress) listener.getLocalSocketAddress());
  }

  @AfterEach
  void close() throws IOException {
    for (RawSocket socket : sockets) {
      socket.close();
    }
    engine.close();
    listener.close();
  }

  private void connect() throws IOException {
    client = keep(RawSocket.connect(link.listen()));
    server = keep(new RawSocket(listener.accept(), false));
  }

  private RawSocket keep(RawSocket socket) {
    sockets.add(socket);
    return socket;
  }

  private void handshake() throws IOException {
    connect();
    client.ask("");
    server.head();
    server.grant();
    client.head();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dropsTheNthOfAType(boolean live) throws IOException {
    Map<String, Object> args = Map.of("type", "tool_execution", "nth", 2, "stream", "downstream");
    if (!live) {
      link.inject("frame_drop", args);
    }
    handshake();
    Injection drop = live ? link.inject("frame_drop", args) : link.inject("noop", Map.of());
    for (int i = 1; i <= 3; i++) {
      server.json("status", 10 * i);
      server.json("tool_execution", i);
    }
    assertEquals(List.of(10, 1, 20, 30, 3), List.of(n(), n(), n(), n(), n()));
    assertEquals(live ? 1 : 0, drop.bites());
    client.json("tool_execution", 5);
    client.json("tool_execution", 6);
    assertEquals(5, server.n());
    assertEquals(6, server.n());
  }

  private int n() throws IOException {
    return client.n();
  }

  /** A message is one frame however many fragments it has, and a ping may come between them. */
  @Test
  void dropsATextInFragments() throws IOException {
    handshake();
    Injection drop =
        link.inject("frame_drop", Map.of("type", "pong", "nth", 1, "stream", "downstream"));
    for (String type : List.of("status", "pong", "pong")) {
      byte[] text = ("{\"type\":\"" + type + "\",\"n\":1}").getBytes(UTF_8);
      server.socket.getOutputStream().write(server.frame(0x01, new byte[] {text[0]}));
      server.socket.getOutputStream().write(server.frame(0x89, new byte[] {7}));
      byte[] rest = java.util.Arrays.copyOfRange(text, 1, text.length);
      server.socket.getOutputStream().write(server.frame(0x80, rest));
    }
    server.json("a", 2);
    List<String> seen = new java.util.ArrayList<>();
    while (!seen.toString().contains("\"n\":2")) {
      Received next = client.receive();
      if (next.opcode() < 8) {
        seen.add(next.text());
      }
    }
    assertEquals(
        List.of("{", "\"type\":\"status\",\"n\":1}", "{", "\"type\":\"pong\",\"n\":1}"),
        seen.subList(0, 4));
    assertEquals(5, seen.size());
    assertEquals(1, drop.bites());
  }

  @Test
  void joinsALiveStreamInTheMiddleOfAFrame() throws IOException {
    handshake();
    byte[] frame = server.frame(0x81, "{\"type\":\"a\",\"n\":1}".getBytes(UTF_8));
    server.socket.getOutputStream().write(frame, 0, 1);
    await().until(() -> client.socket.getInputStream().available() == 1);
    link.inject("frame_drop", Map.of("stream", "downstream", "nth", 1));
    server.socket.getOutputStream().write(frame, 1, frame.length - 1);
    server.json("a", 2);
    server.json("a", 3);
    assertEquals(1, client.n());
    assertEquals(3, client.n());
  }

  @Test
  void takesAMessageInFragmentsForOne() throws IOException {
    handshake();
    Injection drop = link.inject("frame_drop", Map.of("type", "a", "stream", "downstream"));
    inFragments("a", 1);
    inFragments("b", 2);
    assertEquals("between", client.receive().text());
    assertEquals("between", client.receive().text());
    Received first = client.receive();
    assertFalse(first.fin());
    assertEquals("{\"type\":\"b\",\"n\":2}", first.text() + client.receive().text());
    server.json("b", 3);
    assertEquals(3, client.n());
    assertEquals(1, drop.bites());
  }

  /** Two fragments with a ping between them; the first shows the type. */
  private void inFragments(String type, int n) throws IOException {
    byte[] first = ("{\"type\":\"" + type + "\",").getBytes(UTF_8);
    server.socket.getOutputStream().write(server.frame(0x01, first));
    server.socket.getOutputStream().write(server.frame(0x89, "between".getBytes(UTF_8)));
    server.socket.getOutputStream().write(server.frame(0x80, ("\"n\":" + n + "}").getBytes(UTF_8)));
  }

  @Test
  void fragmentsThatWaitForTheirEndAreNotLostOnRemoval() throws IOException {
    handshake();
    Injection drop = link.inject("frame_drop", Map.of("type", "a", "stream", "downstream"));
    server.socket.getOutputStream().write(server.frame(0x01, "{\"type\":".getBytes(UTF_8)));
    client.socket.setSoTimeout(50);
    assertThrows(SocketTimeoutException.class, client::receive);
    client.socket.setSoTimeout(RawSocket.PATIENCE_MS);
    drop.remove();
    assertEquals("{\"type\":", client.receive().text());
    server.socket.getOutputStream().write(server.frame(0x80, "\"a\"}".getBytes(UTF_8)));
    assertEquals("\"a\"}", client.receive().text());
  }

  @Test
  void duplicatesAndHonoursMasks() throws IOException {
    handshake();
    link.inject("frame_duplicate", Map.of("stream", "upstream"));
    client.json("message", 1);
    Received first = server.receive();
    Received second = server.receive();
    assertTrue(first.masked());
    assertArrayEquals(first.payload(), second.payload());
  }

  @Test
  void reordersAPair() throws IOException {
    handshake();
    Injection reorder = link.inject("frame_reorder", Map.of("stream", "downstream", "nth", 1));
    for (int i = 1; i <= 3; i++) {
      server.json("a", i);
    }
    assertEquals(List.of(2, 1, 3), List.of(n(), n(), n()));
    assertEquals(1, reorder.bites());
  }

  @Test
  void aFrameThatWaitsForItsNextIsNotLostOnRemoval() throws IOException {
    handshake();
    Injection reorder = link.inject("frame_reorder", Map.of("stream", "downstream", "nth", 1));
    server.json("a", 1);
    client.socket.setSoTimeout(50);
    assertThrows(SocketTimeoutException.class, client::receive);
    client.socket.setSoTimeout(RawSocket.PATIENCE_MS);
    reorder.remove();
    assertEquals(1, client.n());
  }

  @Test
  void corruptsOneByteBehindTheMask() throws IOException {
    handshake();
    link.inject("frame_corrupt", Map.of("stream", "upstream"));
    client.text("hello");
    byte[] payload = server.receive().payload();
    int changed = 0;
    for (int i = 0; i < payload.length; i++) {
      changed += payload[i] == "hello".charAt(i) ? 0 : 1;
    }
    assertEquals(1, changed);
  }

  @Test
  void splitsIntoTwoFragments() throws IOException {
    handshake();
    link.inject("frame_split", Map.of("stream", "upstream"));
    client.text("hello, fragments");
    Received first = server.receive();
    Received second = server.receive();
    assertEquals(1, first.opcode());
    assertFalse(first.fin());
    assertEquals(0, second.opcode());
    assertTrue(second.fin());
    assertTrue(first.masked() && second.masked());
    assertEquals("hello, fragments", first.text() + second.text());
  }

  @Test
  void delaysAFrameAndKeepsTheOrder() throws IOException {
    handshake();
    link.inject("frame_delay", Map.of("type", "b", "delay", 150, "stream", "downstream"));
    long start = System.nanoTime();
    server.json("a", 1);
    server.json("b", 2);
    server.json("a", 3);
    assertEquals(1, client.n());
    assertEquals(2, client.n());
    assertTrue(System.nanoTime() - start > 149_000_000);
    assertEquals(3, client.n());
  }

  @Test
  void removingADelayReleasesTheFrameAndAllBehindIt() throws IOException {
    handshake();
    Injection delay =
        link.inject("frame_delay", Map.of("type", "b", "delay", 3_600_000, "stream", "downstream"));
    server.json("a", 0);
    server.json("b", 1);
    server.json("a", 2);
    assertEquals(0, client.n());
    await().until(() -> delay.bites() == 1);
    delay.remove();
    assertEquals(1, client.n());
    assertEquals(2, client.n());
  }

  @Test
  void injectsACloseWithAnyCode() throws IOException {
    handshake();
    link.inject(
        "frame_close",
        Map.of("code", 4204, "reason", "superseded", "stream", "downstream", "nth", 2));
    server.json("a", 1);
    server.json("a", 2);
    server.json("a", 3);
    assertEquals(1, client.n());
    assertEquals(2, client.n());
    Received close = client.receive();
    assertEquals(8, close.opcode());
    assertEquals(4204, close.closeCode());
    assertFalse(close.masked());
    assertTrue(close.text().endsWith("superseded"));
  }

  @Test
  void injectsACloseAtOnceAndMasksItTowardsTheServer() throws IOException {
    handshake();
    Injection close = link.inject("frame_close", Map.of("code", 1012, "stream", "upstream"));
    Received received = server.receive();
    assertEquals(1012, received.closeCode());
    assertTrue(received.masked());
    assertEquals(1, close.bites());
  }

  @ParameterizedTest
  @CsvSource({"fin", "rst"})
  void cutsBehindAFrame(String how) throws IOException {
    handshake();
    link.inject("cut_frame", Map.of("type", "b", "how", how, "stream", "downstream"));
    server.json("a", 1);
    server.json("b", 2);
    assertEquals(1, client.n());
    assertEquals(2, client.n());
    assertEnds(how, client);
    assertEnds(how, server);
  }

  @ParameterizedTest
  @CsvSource({"fin", "rst"})
  void cutsBehindSoManyBytes(String how) throws IOException {
    link.inject("cut_bytes", Map.of("bytes", 5, "how", how, "stream", "upstream"));
    connect();
    client.send("1234567");
    assertEquals("12345", new String(server.socket.getInputStream().readNBytes(5), UTF_8));
    assertEnds(how, server);
    assertEnds(how, client);
  }

  @Test
  void cutsAfterATimeWhateverFlows() throws IOException {
    handshake();
    long start = System.nanoTime();
    link.inject("cut_time", Map.of("after", 200, "how", "fin"));
    assertThrows(
        IOException.class,
        () -> {
          for (int i = 0; System.nanoTime() - start < RawSocket.PATIENCE_MS * 1_000_000L; i++) {
            server.json("ping", i);
            client.receive();
          }
        });
    assertTrue(System.nanoTime() - start > 199_000_000);
  }

  @Test
  void acceptsAndSaysNothingUntilRemoved() throws IOException {
    Injection silent = link.inject("accept_silent", Map.of());
    client = keep(RawSocket.connect(link.listen()));
    client.ask("");
    listener.setSoTimeout(100);
    assertThrows(SocketTimeoutException.class, listener::accept);
    assertEquals(1, silent.bites());
    silent.remove();
    listener.setSoTimeout(RawSocket.PATIENCE_MS);
    server = keep(new RawSocket(listener.accept(), false));
    assertTrue(server.head().startsWith("GET /ws/chat"));
  }

  @Test
  void acceptsSlowly() throws IOException {
    link.inject("slow_accept", Map.of("delay", 150));
    long start = System.nanoTime();
    connect();
    assertTrue(System.nanoTime() - start > 149_000_000);
  }

  @Test
  void bitesOnlyTheNextConnections() throws IOException {
    connect();
    RawSocket earlier = client;
    Injection cut = link.inject("cut_bytes", Map.of("bytes", 0, "connections", 2));
    for (int i = 0; i < 3; i++) {
      connect();
      client.send("x");
      if (i < 2) {
        assertEnds("fin", server);
      } else {
        assertEquals('x', server.socket.getInputStream().read());
      }
    }
    assertEquals(2, cut.bites());
    earlier.send("x");
    earlier.socket.setSoTimeout(50);
    assertThrows(SocketTimeoutException.class, () -> earlier.socket.getInputStream().read());
  }

  @ParameterizedTest
  @CsvSource({"401,false", "403,false", "429,true", "503,true"})
  void answersTheHandshakeItself(int status, boolean retryAfter) throws IOException {
    link.inject("handshake_status", Map.of("status", status, "retry_after_s", 7));
    connect();
    client.ask("");
    String head = client.head();
    assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
    assertEquals(retryAfter, head.contains("Retry-After: 7\r\n"));
    assertThrows(EOFException.class, server::head);
  }

  @Test
  void answersWithAWrongAcceptKey() throws IOException {
    Injection wrong = link.inject("handshake_accept", Map.of());
    connect();
    client.ask("");
    server.head();
    server.grant();
    String head = client.head();
    assertTrue(head.startsWith("HTTP/1.1 101"), head);
    assertFalse(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), head);
    assertEquals(1, wrong.bites());
  }

  @Test
  void stripsTheOfferOfCompressionAndSaysSo() throws IOException {
    link.inject("frame_drop", Map.of("type", "x", "stream", "downstream"));
    connect();
    client.ask("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
    String head = server.head();
    assertFalse(head.contains("permessage-deflate"), head);
    assertTrue(head.contains("Sec-WebSocket-Key"), head);
    assertTrue(decisions.stream().anyMatch(d -> d.what().equals("compression_stripped")));
  }

  @Test
  void refusesToReadACompressedFrameAndSaysSo() throws IOException {
    handshake();
    Injection drop = link.inject("frame_drop", Map.of("type", "x", "stream", "downstream"));
    server.socket.getOutputStream().write(server.frame(0xc1, new byte[] {1, 2, 3}));
    assertArrayEquals(new byte[] {1, 2, 3}, client.receive().payload());
    assertEquals(0, drop.bites());
    assertTrue(
        decisions.stream().anyMatch(d -> d.what().equals("compression_refused")),
        decisions::toString);
  }

  @Test
  void leavesWhatIsNoWebSocketAlone() throws IOException {
    link.inject("frame_drop", Map.of());
    connect();
    client.send("POST /api/chat HTTP/1.1\r\n\r\n");
    assertTrue(server.head().startsWith("POST"));
    server.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    assertTrue(client.head().startsWith("HTTP/1.1 200"));
    assertEquals('o', client.socket.getInputStream().read());
  }

  @Test
  void aPingOfWebSocketIsNeverPicked() throws IOException {
    handshake();
    link.inject("frame_drop", Map.of("stream", "downstream"));
    server.socket.getOutputStream().write(server.frame(0x89, new byte[] {9}));
    assertEquals(9, client.receive().opcode());
  }

  @Test
  void theSameSeedMakesTheSameChoices() throws IOException {
    String once = choices(42);
    assertEquals(once, choices(42));
    assertNotEquals(once, choices(43));
  }

  private String choices(long seed) throws IOException {
    try (EmbeddedEngine seeded = EmbeddedEngine.start(0, seed);
        Link lossy = seeded.open("lossy", (InetSocketAddress) listener.getLocalSocketAddress())) {
      lossy.inject("frame_drop", Map.of("percent", 50, "stream", "downstream", "type", "a"));
      StringBuilder arrived = new StringBuilder();
      for (int connection = 0; connection < 3; connection++) {
        try (RawSocket near = RawSocket.connect(lossy.listen());
            RawSocket far = new RawSocket(listener.accept(), false)) {
          near.ask("");
          far.head();
          far.grant();
          near.head();
          for (int i = 0; i < 20; i++) {
            far.json("a", i);
          }
          far.json("end", 99);
          for (int n = near.n(); n != 99; n = near.n()) {
            arrived.append(n).append(' ');
          }
          arrived.append('/');
        }
      }
      return arrived.toString();
    }
  }

  private static void assertEnds(String how, RawSocket socket) throws IOException {
    if (how.equals("fin")) {
      assertEquals(-1, socket.socket.getInputStream().read());
    } else {
      assertThrows(SocketException.class, () -> socket.socket.getInputStream().read());
    }
  }
}
