package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.agent.EchoAgent;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransportTest {
  private static final int LIMIT = 1 << 20;

  private ReferenceServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = ReferenceServer.start(ServerOptions.builder().agent(new EchoAgent()).build());
    client = RawClient.core(server, "s-1");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void closesBinaryWith1003() {
    client.frame(RawClient.BINARY, true, utf8("{}"));
    assertEquals(1003, client.closeCode());
  }

  @Test
  void closesBadUtf8With1007() {
    client.frame(RawClient.TEXT, true, new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'});
    assertEquals(1007, client.closeCode());
  }

  @Test
  void closesUtf8CutShortAcrossFragmentsWith1007() {
    client.frame(RawClient.TEXT, false, new byte[] {'"', (byte) 0xe2});
    client.frame(RawClient.CONTINUATION, true, utf8("\""));
    assertEquals(1007, client.closeCode());
  }

  @Test
  void closesAFrameOverTheLimitWith1009() {
    byte[] long1 = new byte[LIMIT + 1];
    Arrays.fill(long1, (byte) ' ');
    client.frame(RawClient.TEXT, true, long1);
    assertEquals(1009, client.closeCode());
  }

  @Test
  void closesFragmentsTogetherOverTheLimitWith1009() {
    byte[] half = new byte[LIMIT / 2 + 1];
    Arrays.fill(half, (byte) ' ');
    client.frame(RawClient.TEXT, false, half);
    client.frame(RawClient.CONTINUATION, true, half);
    assertEquals(1009, client.closeCode());
  }

  @Test
  void takesAFrameOfExactlyTheLimit() {
    String text = "{\"type\":\"ping\",\"data\":null,\"id\":\"big\"}";
    client.text(text + " ".repeat(LIMIT - text.length()));
    assertEquals("pong", client.next().path("type").asText());
  }

  @Test
  void closesUnmaskedFramesWith1002() {
    client.unmasked(RawClient.TEXT, utf8("{}"));
    assertEquals(1002, client.closeCode());
  }

  @Test
  void joinsFragmentsWithAControlFrameBetween() throws IOException {
    String text = "{\"type\":\"message\",\"data\":{\"content\":\"grüße — in pieces\"}}";
    byte[] bytes = utf8(text);
    for (int i = 0; i < bytes.length; i++) {
      int opcode = i == 0 ? RawClient.TEXT : RawClient.CONTINUATION;
      client.frame(opcode, i == bytes.length - 1, new byte[] {bytes[i]});
      if (i == 20) {
        client.frame(RawClient.PING, true, utf8("are you there"));
      }
    }
    RawClient.WireFrame pong = client.nextWire();
    assertEquals(RawClient.PONG, pong.opcode());
    assertEquals("are you there", pong.text());
    assertEquals("grüße — in pieces", client.answer());
  }

  @Test
  void answersACloseWithTheSameCodeAndEndsTheConnection() {
    client.closeWith(4321);
    assertEquals(4321, client.closeCode());
    assertEquals(RawClient.NO_CLOSE_FRAME, client.closeCode(), "the TCP connection has ended");
  }

  @Test
  void doesNotCompress() {
    try (RawClient offering =
        RawClient.dial(server, "?session_id=s-2", "Sec-WebSocket-Extensions: permessage-deflate")) {
      assertEquals(101, offering.status());
      assertTrue(!offering.response().headers().containsKey("Sec-WebSocket-Extensions"));
    }
  }

  @Test
  void keepsALongAnswerWhole() {
    String content = "ä".repeat(400_000);
    client.say(content);
    assertEquals(content, client.answer());
  }
}
