package dev.holdfast.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.testing.Clients;
import dev.holdfast.client.testing.Clients.Heard;
import dev.holdfast.client.testing.Peer;
import dev.holdfast.client.testing.TestServer;
import dev.holdfast.client.testing.TestServer.Script;
import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.LinkState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectTest {
  private final Heard heard = new Heard();

  private SimClient client(TestServer server, ClientConfig config) {
    return new SimClient(
        ClientOptions.of("ana", server.url()).with(config).withListener(heard).withSeed(7));
  }

  private SimClient client(TestServer server) {
    return client(server, Clients.core());
  }

  private static Script closing(int code) {
    return peer -> {
      peer.greet();
      peer.close(code, "because");
    };
  }

  @Test
  void aCutConnectionIsDialedAgainAfterTheDelay() throws IOException {
    try (TestServer server = TestServer.echoing().then(Peer::greet);
        SimClient ana = client(server)) {
      ana.connect();
      await().until(() -> heard.states.size() == 4);
      assertEquals(List.of("connecting", "connected", "reconnecting", "connected"), heard.states);
      assertTrue(heard.delays.getFirst() >= 20, heard.delays::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 1011, 1012, 1013, 4000, 4001})
  void theseCloseCodesLeadToAnotherAttempt(int code) throws IOException {
    try (TestServer server = TestServer.echoing().then(closing(code));
        SimClient ana = client(server)) {
      ana.connect();
      await().until(() -> server.peers().size() == 2 && ana.state() == LinkState.CONNECTED);
      assertEquals(1, heard.delays.size());
    }
  }

  /** Connections share threads; those of one that begins must not end with one that ends. */
  @Test
  void nobodyIsRefusedBecauseAnotherConnectionJustEnded() throws Exception {
    List<Callable<List<Long>>> cuts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      cuts.add(this::delaysAfterACut);
    }
    try (ExecutorService people = Executors.newFixedThreadPool(4)) {
      for (Future<List<Long>> delays : people.invokeAll(cuts)) {
        assertEquals(1, delays.get().size(), delays.get()::toString);
      }
    }
  }

  private List<Long> delaysAfterACut() throws IOException {
    Heard own = new Heard();
    try (TestServer server = TestServer.echoing().then(closing(1013));
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url()).with(Clients.core()).withListener(own))) {
      ana.connect();
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> server.peers().size() >= 2 && ana.state() == LinkState.CONNECTED);
      return own.delays;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1002, 1008, 4203, 4204})
  void theseCloseCodesStop(int code) throws IOException {
    try (TestServer server = TestServer.echoing().then(closing(code));
        SimClient ana = client(server)) {
      ana.connect();
      await().until(() -> heard.states.contains("disconnected"));
      assertEquals(1, server.peers().size());
      ana.retry();
      await().until(() -> ana.state() == LinkState.CONNECTED);
    }
  }

  @Test
  void aResetCountsAsACut() throws IOException {
    Script reset =
        peer -> {
          peer.greet();
          peer.reset();
        };
    try (TestServer server = TestServer.echoing().then(reset);
        SimClient ana = client(server)) {
      ana.connect();
      await().until(() -> server.peers().size() == 2 && ana.state() == LinkState.CONNECTED);
    }
  }

  @Test
  void delaysGrowWithEachAttempt() throws IOException {
    Script no = peer -> peer.refuse(500);
    try (TestServer server = TestServer.echoing().then(Peer::greet, no, no, no);
        SimClient ana = client(server, Clients.retrying(new Backoff(20, 60, 0, 10)))) {
      ana.connect();
      await().until(() -> server.peers().size() == 5 && ana.state() == LinkState.CONNECTED);
      assertEquals(List.of(20L, 40L, 60L, 60L), heard.delays);
    }
  }

  @Test
  void theSameSeedDrawsTheSameDelays() throws IOException {
    Backoff jittery = new Backoff(1, 1, 30, 4);
    Script no = peer -> peer.refuse(500);
    try (TestServer server = new TestServer(no)) {
      List<Long> first = delaysOf(server, jittery);
      assertEquals(first, delaysOf(server, jittery));
      assertTrue(first.stream().distinct().count() > 1, first::toString);
    }
  }

  private static List<Long> delaysOf(TestServer server, Backoff backoff) {
    Heard heard = new Heard();
    try (SimClient client =
        new SimClient(
            ClientOptions.of("ana", server.url())
                .with(Clients.retrying(backoff))
                .withListener(heard)
                .withSeed(42))) {
      client.connect();
      await().until(() -> heard.states.contains("disconnected"));
    }
    return heard.delays;
  }

  @Test
  void whatWasSaidWhileDownLeavesInOrderAndTheHundredAndFirstIsRefused() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana = client(server)) {
      ana.offline();
      ana.connect();
      List<String> said = IntStream.range(0, 100).mapToObj(i -> "m" + i).toList();
      said.forEach(ana::say);
      String tooMuch = ana.say("one too many");
      await().until(() -> heard.refused.equals(List.of(tooMuch + " queue_full")));
      assertEquals(100, ana.queued());
      ana.online();
      await().until(() -> heard.settled.size() == 100);
      assertEquals(said, server.peers().getLast().contents());
      assertEquals(0, ana.queued());
    }
  }

  @Test
  void aHalfOpenLinkIsNoticedByTheHeartbeat() throws IOException {
    Script silent =
        peer -> {
          peer.greet();
          peer.hang();
        };
    try (TestServer server = TestServer.echoing().then(silent);
        SimClient ana = client(server, Clients.heartbeating(50, 50))) {
      ana.connect();
      await().until(() -> server.peers().size() >= 2);
    }
  }

  @Test
  void offlineCutsWithoutAWordAndNothingIsReachedUntilOnline() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana = client(server)) {
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      ana.offline();
      String id = ana.say("later");
      await().until(() -> heard.delays.size() >= 3);
      assertEquals(1, ana.queued());
      assertEquals(1, server.peers().size());
      assertEquals(0, server.peer(0).closeCode());
      ana.online();
      await().until(() -> heard.settled.equals(List.of(id + " ANSWERED")));
    }
  }

  @Test
  void offlineWhileDialingFailsTheAttempt() throws IOException {
    try (TestServer server = TestServer.echoing().then(Peer::hang);
        SimClient ana = client(server)) {
      ana.connect();
      await().until(() -> server.peers().size() == 1);
      ana.offline();
      await().until(() -> heard.states.contains("reconnecting"));
      ana.online();
      await().until(() -> ana.state() == LinkState.CONNECTED);
    }
  }

  @Test
  void aPersonWhoLeavesMayComeBack() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana = client(server)) {
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      ana.disconnect();
      await().until(() -> server.peer(0).closeCode() == 1000);
      assertEquals(LinkState.DISCONNECTED, ana.state());
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      assertEquals(2, server.peers().size());
    }
  }

  @Test
  void whatAnOldConnectionStillSaysIsNotHeard() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana = client(server)) {
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      ana.disconnect();
      ana.retry();
      await().until(() -> server.peers().size() == 2 && ana.state() == LinkState.CONNECTED);
      assertFalse(heard.states.contains("reconnecting"));
    }
  }
}
