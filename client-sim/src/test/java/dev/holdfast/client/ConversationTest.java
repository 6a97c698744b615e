package dev.holdfast.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.testing.Clients;
import dev.holdfast.client.testing.Clients.Heard;
import dev.holdfast.client.testing.Peer;
import dev.holdfast.client.testing.TestServer;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.LinkState;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private final Heard heard = new Heard();

  private SimClient client(TestServer server) {
    return new SimClient(
        ClientOptions.of("ana", server.url()).with(Clients.core()).withListener(heard));
  }

  @Test
  void aMessageIsAnsweredAndItsFateTold() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana = client(server)) {
      ana.connect();
      String id = ana.say("hi");
      await().until(() -> heard.settled.equals(List.of(id + " ANSWERED")));
      assertEquals(LinkState.CONNECTED, ana.state());
      assertEquals("s1", ana.sessionId());
      assertEquals(List.of("connecting", "connected"), heard.states);
      assertEquals(2, heard.delivered.size());
      assertEquals(0, ana.queued());
    }
  }

  @Test
  void everyFrameIsSeenInAndOut() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana = client(server)) {
      ana.connect();
      ana.say("hi");
      await().until(() -> heard.settled.size() == 1);
      List<String> seen =
          heard.frames.stream().map(s -> s.direction().word() + " " + s.connection()).toList();
      assertEquals(List.of("in 1", "out 1", "in 1", "in 1"), seen);
      assertTrue(heard.frames.get(1).nanos() < heard.frames.get(2).nanos());
    }
  }

  @Test
  void sessionAndUserStandInTheQuery() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url()).withSession("a b/1").withUser("u-1"))) {
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      assertEquals(
          "GET /ws/chat?session_id=a+b%2F1&user_id=u-1 HTTP/1.1", server.peer(0).requestLine());
      assertNull(server.peer(0).header("Origin"));
      assertNull(server.peer(0).header("Sec-WebSocket-Protocol"));
    }
  }

  @Test
  void messagesLeaveInOrder() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana = client(server)) {
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      List<String> said = IntStream.range(0, 90).mapToObj(i -> "m" + i).toList();
      said.forEach(ana::say);
      await().until(() -> heard.settled.size() == 90);
      assertEquals(said, server.peer(0).contents());
    }
  }

  @Test
  void largeMessagesGoBothWays() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana = client(server)) {
      String large = "ä".repeat(300_000);
      ana.connect();
      ana.say(large);
      await().until(() -> heard.settled.size() == 1);
      assertEquals(List.of(large), server.peer(0).contents());
      assertTrue(heard.frames.getLast().text().length() > 300_000);
    }
  }

  @Test
  void aFragmentedMessageArrivesWhole() throws IOException {
    TestServer.Script fragments =
        peer -> {
          peer.greet();
          peer.frame(0x01, "{\"type\":\"message\",\"data\":".getBytes(UTF_8));
          peer.frame(0x89, new byte[0]);
          peer.frame(0x80, "{\"content\":\"whole\"}}".getBytes(UTF_8));
          peer.answerAll();
        };
    try (TestServer server = new TestServer(fragments);
        SimClient ana = client(server)) {
      ana.connect();
      await().until(() -> heard.delivered.size() == 1);
    }
  }

  @Test
  void pingsAreAnsweredAndLatencyIsTold() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url())
                    .with(Clients.heartbeating(20, Clients.FOREVER_MS))
                    .withListener(heard))) {
      ana.connect();
      await().until(() -> heard.latencies.size() >= 3);
      assertTrue(heard.latencies.stream().allMatch(nanos -> nanos > 0));
    }
  }

  @Test
  void theSubprotocolIsOfferedAndResumeSpokenWhereItIsTaken() throws IOException {
    TestServer.Script resuming =
        peer -> {
          peer.accept("Sec-WebSocket-Protocol: agent-chat.v1");
          peer.receive();
          peer.hang();
        };
    try (TestServer server = new TestServer(resuming);
        SimClient ana =
            new SimClient(ClientOptions.of("ana", server.url()).with(Clients.resume()))) {
      ana.connect();
      await().until(() -> server.peers().size() == 1 && server.peer(0).received().size() == 1);
      assertEquals("agent-chat.v1", server.peer(0).header("Sec-WebSocket-Protocol"));
      assertTrue(server.peer(0).received().getFirst().contains("\"hello\""));
    }
  }

  @Test
  void aServerThatDoesNotTakeTheSubprotocolIsSpokenToInCore() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url()).with(Clients.resume()).withListener(heard))) {
      ana.connect();
      ana.say("hi");
      await().until(() -> heard.settled.size() == 1);
      assertEquals(1, server.peers().size());
    }
  }

  @Test
  void aRunIsKnownByItsMessageAndCanBeCancelled() throws IOException {
    String run = "\"run_id\":\"r1\",\"timestamp\":\"2026-01-01T00:00:00.000Z\"";
    TestServer.Script started =
        peer -> {
          peer.resume("t1");
          String replyTo = "\"reply_to\":\"" + idIn(peer) + "\"," + run;
          peer.send("{\"type\":\"status\",\"data\":{\"status\":\"processing\"}," + replyTo + "}");
          while (!String.valueOf(peer.receive()).contains("\"cancel\"")) {
            // Acknowledgements come in between.
          }
          peer.send("{\"type\":\"error\",\"data\":{\"code\":\"cancelled\"}," + run + "}");
          peer.hang();
        };
    try (TestServer server = new TestServer(started);
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url())
                    .with(Clients.resume().offering(Profile.RESUME, List.of("cancel")))
                    .withListener(heard))) {
      ana.connect();
      String id = ana.say("hi");
      await().until(() -> "r1".equals(ana.runOf(id)));
      ana.cancel("r1");
      await().until(() -> heard.settled.equals(List.of(id + " FAILED cancelled")));
    }
  }

  private static String idIn(Peer peer) throws IOException {
    String text = String.valueOf(peer.receive());
    return text.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void aBrokenCoreStopsTheClientLoudly() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url())
                    .with(
                        Clients.core(),
                        (state, input, now) -> {
                          throw new IllegalStateException("broken twin");
                        })
                    .withListener(heard))) {
      ana.connect();
      await().until(() -> heard.failures.size() == 1);
      assertEquals("broken twin", String.valueOf(ana.failure()).replaceAll(".*: ", ""));
    }
  }
}
