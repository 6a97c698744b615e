package dev.holdfast.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.testing.Clients;
import dev.holdfast.client.testing.Clients.Heard;
import dev.holdfast.client.testing.Peer;
import dev.holdfast.client.testing.TestServer;
import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private final Heard heard = new Heard();
  private final Journal journal = new Journal(Source.CLIENT, "ana");

  private SimClient client(URI url) {
    return client(url, Clients.FOREVER_MS);
  }

  private SimClient client(URI url, long handshakeMs) {
    return new SimClient(
        ClientOptions.of("ana", url)
            .with(Clients.waitingFor(handshakeMs))
            .withListener(heard)
            .withJournal(journal));
  }

  private List<Long> refusals() {
    return journal.records().stream()
        .filter(r -> r.op().equals("refused"))
        .map(r -> r.number("status", -99))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void aClientThatIsNotWantedStops(int status) throws IOException {
    try (TestServer server =
            new TestServer(peer -> peer.refuse(status, "WWW-Authenticate: Basic realm=\"x\""));
        SimClient ana = client(server.url())) {
      ana.connect();
      await().until(() -> heard.states.equals(List.of("connecting", "disconnected")));
      assertEquals(List.of((long) status), refusals());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 404, 500, 503})
  void otherRefusalsAreTriedAgain(int status) throws IOException {
    try (TestServer server =
            TestServer.echoing().then(peer -> peer.refuse(status, "Location: /elsewhere"));
        SimClient ana = client(server.url())) {
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      assertEquals(List.of((long) status), refusals());
      assertEquals(2, server.peers().size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void retryAfterIsAFloorForTheDelay(int status) throws IOException {
    try (TestServer server =
            TestServer.echoing().then(peer -> peer.refuse(status, "Retry-After: 1"));
        SimClient ana = client(server.url())) {
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      assertEquals(List.of(1_000L), heard.delays);
    }
  }

  @Test
  void nobodyThereIsUnreached() throws IOException {
    TestServer gone = TestServer.echoing();
    gone.close();
    try (SimClient ana = client(gone.url())) {
      ana.connect();
      await().until(() -> refusals().size() >= 2);
      assertEquals(-1L, refusals().getFirst());
    }
  }

  @Test
  void aConnectionThatEndsUnansweredIsNoticedAtOnce() throws IOException {
    TestServer.Script reset = Peer::reset;
    TestServer.Script cut = peer -> {};
    try (TestServer server = TestServer.echoing().then(cut, reset);
        SimClient ana = client(server.url())) {
      ana.connect(); // Its timeout is longer than the test waits.
      await().until(() -> ana.state() == LinkState.CONNECTED);
      assertEquals(List.of(-1L, -1L), refusals());
    }
  }

  @Test
  void noValidAnswerIsToldFromNobody() throws IOException {
    TestServer.Script brokenOff = peer -> peer.raw("HTTP/1.1 101 Swi");
    TestServer.Script notHttp = peer -> peer.raw("SSH-2.0-OpenSSH_9\r\n\r\n\r\n");
    TestServer.Script wrongKey =
        peer ->
            peer.raw(
                String.join(
                    "\r\n",
                    "HTTP/1.1 101 X",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: wrong",
                    "",
                    ""));
    TestServer.Script notOffered = peer -> peer.accept("Sec-WebSocket-Protocol: agent-chat.v1");
    TestServer.Script endless = peer -> peer.raw("HTTP/1.1 101 X\r\nA: " + "a".repeat(20_000));
    try (TestServer server =
            TestServer.echoing().then(brokenOff, notHttp, wrongKey, notOffered, endless);
        SimClient ana = client(server.url())) {
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      assertEquals(List.of(0L, 0L, 0L, 0L, 0L), refusals());
    }
  }

  @Test
  void aServerHangingInTheHandshakeIsLeft() throws IOException {
    try (TestServer server = TestServer.echoing().then(Peer::hang);
        SimClient ana = client(server.url(), 250)) {
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      await("the hanging connection is released").until(() -> server.openSockets() == 1);
    }
  }

  @Test
  void aServerThatDoesNotGreetIsLeft() throws IOException {
    AtomicBoolean left = new AtomicBoolean();
    // On a busy machine the timeout may strike in the handshake first, which is left without a
    // code.
    TestServer.Script muteUntilLeft =
        peer -> {
          if (left.get()) {
            peer.serve();
            return;
          }
          peer.accept();
          peer.receive();
          left.compareAndSet(false, peer.closeCode() == 4000);
        };
    try (TestServer server = new TestServer(muteUntilLeft);
        SimClient ana = client(server.url(), 250)) {
      ana.connect();
      await().until(left::get);
      await().until(() -> ana.state() == LinkState.CONNECTED);
    }
  }

  @Test
  void aClientGivesUpAfterItsLastAttemptAndAManualRetryStartsOver() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url())
                    .with(Clients.retrying(new Backoff(5, 10, 0, 3)))
                    .withListener(heard))) {
      TestServer.Script no = peer -> peer.refuse(500);
      server.then(no, no, no, no);
      ana.connect();
      await().until(() -> heard.states.contains("disconnected"));
      assertEquals(List.of(5L, 10L, 10L), heard.delays);
      assertEquals(4, server.peers().size());
      ana.retry();
      await().until(() -> ana.state() == LinkState.CONNECTED);
    }
  }

  @Test
  void aRetryWhileAHandshakeHangsDialsAnew() throws IOException {
    try (TestServer server = TestServer.echoing().then(Peer::hang);
        SimClient ana = client(server.url())) {
      ana.connect();
      await().until(() -> server.peers().size() == 1);
      ana.retry();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      List<String> ops = journal.records().stream().map(HistoryRecord::op).toList();
      assertTrue(ops.contains("left"), ops::toString);
      await().until(() -> server.openSockets() == 1);
    }
  }
}
