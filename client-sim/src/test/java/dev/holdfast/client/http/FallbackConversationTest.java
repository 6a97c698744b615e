package dev.holdfast.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.client.testing.Clients;
import dev.holdfast.client.testing.Clients.Heard;
import dev.holdfast.client.testing.TestServer;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FallbackConversationTest {
  private final ClientConfig config = Clients.core().withTransport(true, 100);
  private final Heard heard = new Heard();
  private final Journal journal = new Journal(Source.CLIENT, "ana");
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final HttpServer http;
  private volatile String transport = "http";

  FallbackConversationTest() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    http.createContext("/api/transport", e -> reply(e, "{\"transport\":\"" + transport + "\"}"));
    http.createContext("/api/chat", this::chat);
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  private void chat(HttpExchange exchange) throws IOException {
    String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    posted.add(sent.replaceAll(".*\"message\":\"([^\"]*)\".*", "$1"));
    reply(exchange, "{\"response\":\"yes\",\"run_id\":\"r" + posted.size() + "\"}");
  }

  private static void reply(HttpExchange exchange, String body) throws IOException {
    exchange.sendResponseHeaders(200, body.length());
    exchange.getResponseBody().write(body.getBytes(UTF_8));
    exchange.close();
  }

  private SimClient client(TestServer server) {
    return new SimClient(
        ClientOptions.of("ana", server.url())
            .withHttp(URI.create("http://127.0.0.1:" + http.getAddress().getPort()))
            .with(config)
            .withJournal(journal)
            .withListener(heard));
  }

  @Test
  void aClientThatIsSentToHttpPostsInOrderAndComesBack() throws IOException {
    try (TestServer server = TestServer.echoing().then(peer -> peer.refuse(403));
        SimClient ana = client(server)) {
      ana.connect();
      ana.say("one");
      ana.say("two");
      await().until(() -> heard.settled.size() == 2);
      assertEquals(List.of("one", "two"), posted);
      assertTrue(heard.settled.stream().allMatch(s -> s.endsWith(" ANSWERED")));
      transport = "websocket";
      await().until(() -> server.peers().size() == 2 && ana.state() == LinkState.CONNECTED);
      ana.say("three");
      await().until(() -> heard.settled.size() == 3);
      assertEquals(List.of("three"), server.peers().getLast().contents());
    }
    List<String> ops = journal.records().stream().map(HistoryRecord::op).toList();
    assertTrue(ops.containsAll(List.of("ask_transport", "transport_said", "post", "posted")));
  }

  @Test
  void offlineHttpFailsToo() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana = client(server)) {
      ana.offline();
      ana.connect();
      ana.say("later");
      await().until(() -> heard.delays.size() >= 2);
      assertEquals(List.of(), posted);
      transport = "websocket";
      ana.online();
      await().until(() -> heard.settled.size() == 1);
    }
  }
}
