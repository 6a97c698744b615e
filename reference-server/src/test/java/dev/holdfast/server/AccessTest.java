package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.HttpText;
import dev.holdfast.server.wire.Pem;
import dev.holdfast.server.wire.RawClient;
import dev.holdfast.server.wire.Tab;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in at all: tokens, TLS, and limits of the whole server. */
class AccessTest {
  private static final String BEARER = "Authorization: Bearer open-sesame";

  @TempDir private Path directory;

  private static ServerOptions.Builder options() {
    return ServerOptions.builder().limits(Limits.STANDARD.withDeadlines(100, 30_000));
  }

  @Test
  void asksForTheTokenAtHandshakesAndPosts() throws IOException {
    try (ReferenceServer server =
        ReferenceServer.start(options().accessToken("open-sesame").build())) {
      try (RawClient refused = RawClient.dial(server, "?session_id=s-1")) {
        assertEquals(401, refused.status());
        assertEquals("unauthenticated", refused.response().json().path("code").asText());
        assertEquals("Bearer", refused.response().headers().get("WWW-Authenticate"));
      }
      try (RawClient wrong = RawClient.dial(server, "?session_id=s-1", BEARER + "x")) {
        assertEquals(401, wrong.status());
      }
      try (RawClient good = RawClient.dial(server, "?session_id=s-1", BEARER)) {
        assertEquals(101, good.status());
      }
      String body = "{\"message\":\"hi\"}";
      assertEquals(401, Http.post(server, "/api/chat", body).status());
      String bearer = "Bearer open-sesame";
      assertEquals(200, Http.post(server, "/api/chat", body, "Authorization", bearer).status());
      assertEquals(200, Http.get(server, "/health").status());
    }
  }

  @Test
  void aPeerThatTalksTooFastIsClosed4004AndMayComeBack() throws IOException {
    Limits limits = Limits.STANDARD.withMessagesPerSecond(2).withDeadlines(100, 30_000);
    try (ReferenceServer server = ReferenceServer.start(options().limits(limits).build())) {
      Tab tab = new Tab("s-1");
      tab.join(server);
      for (int i = 0; i < 40; i++) {
        tab.client().text("{\"type\":\"ping\",\"id\":\"p" + i + "\"}");
      }
      assertEquals(4004, tab.client().closeCode());
      assertEquals("resumed", tab.join(server).path("outcome").asText());
    }
  }

  @Test
  void oneConnectionTooManyIsTold503() throws Exception {
    Limits limits = Limits.STANDARD.withHttpConnections(3).withDeadlines(100, 30_000);
    List<Socket> idle = new ArrayList<>();
    try (ReferenceServer server = ReferenceServer.start(options().limits(limits).build())) {
      for (int i = 0; i < 3; i++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
        idle.getLast().getOutputStream().write("GET /health".getBytes(StandardCharsets.US_ASCII));
      }
      Awaitility.await().until(() -> server.openChannels() == 3);
      try (Socket late = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        HttpText answer = HttpText.read(new DataInputStream(late.getInputStream()));
        assertEquals(503, answer.status());
        assertEquals("1", answer.headers().get("Retry-After"));
      }
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void servesOverTlsFromPemFiles() throws Exception {
    Pem pem = Pem.in(directory);
    Tls tls = new Tls(pem.certificate(), pem.key());
    try (ReferenceServer server = ReferenceServer.start(options().tls(tls).build());
        HttpClient http = HttpClient.newBuilder().sslContext(pem.trusting()).build()) {
      assertTrue(server.wsUrl().startsWith("wss://"), server::wsUrl);
      URI health = URI.create("https://localhost:" + server.port() + "/api/transport");
      String body =
          http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString()).body();
      assertTrue(body.contains("\"url\":\"wss://localhost:"), body);
      try (Wss socket = new Wss(http, server.port())) {
        assertTrue(socket.first().contains("\"connected\""));
      }
    }
  }

  @Test
  void saysWhatIsWrongWithACertificate() throws IOException {
    Path none = directory.resolve("none.pem");
    Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "no certificate");

    IOException missing = assertThrows(IOException.class, () -> start(none, nonsense));
    IOException bad = assertThrows(IOException.class, () -> start(nonsense, nonsense));

    assertTrue(missing.toString().contains("none.pem cannot be read"), missing::toString);
    assertTrue(bad.toString().contains("both must be PEM"), bad::toString);
  }

  private static ReferenceServer start(Path certificate, Path key) throws IOException {
    return ReferenceServer.start(options().tls(new Tls(certificate, key)).build());
  }
}
