package dev.holdfast.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.testing.Clients;
import dev.holdfast.client.testing.Clients.Heard;
import dev.holdfast.client.testing.Peer;
import dev.holdfast.client.testing.TestServer;
import dev.holdfast.client.testing.TestServer.Script;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ClosingTest {
  private final Heard heard = new Heard();

  private SimClient client(TestServer server) {
    return new SimClient(
        ClientOptions.of("ana", server.url()).with(Clients.core()).withListener(heard));
  }

  /** Closes a client, which must come to an end whatever its server does. */
  private static void closes(SimClient client) {
    Thread closing = Thread.ofVirtual().start(client::close);
    await().until(() -> !closing.isAlive());
  }

  @Test
  void closingSaysGoodbyeAndReleasesTheSocket() throws IOException {
    try (TestServer server = TestServer.echoing()) {
      // Leaving has a bound of its own, which a busy machine may not keep: then it is done again.
      await().until(() -> leaves(server, ana -> {}).closeCode() == 1000);
      await().until(() -> server.openSockets() == 0);
    }
  }

  /** A client that connects, does something and closes, as its server saw it. */
  private Peer leaves(TestServer server, Consumer<SimClient> deed) {
    SimClient ana = client(server);
    ana.connect();
    await().until(() -> ana.state() == LinkState.CONNECTED);
    Peer seen = server.peers().getLast();
    deed.accept(ana);
    ana.close();
    assertEquals(LinkState.DISCONNECTED, ana.state());
    await().until(() -> server.openSockets() == 0);
    return seen;
  }

  @Test
  void whatWasWrittenBeforeClosingStillLeaves() throws IOException {
    try (TestServer server = TestServer.echoing()) {
      await()
          .until(
              () -> leaves(server, ana -> ana.say("last words")).contents().contains("last words"));
    }
  }

  @Test
  void afterClosingNothingCanBeAsked() throws IOException {
    try (TestServer server = TestServer.echoing()) {
      SimClient ana = client(server);
      ana.close();
      ana.close();
      assertThrows(IllegalStateException.class, () -> ana.say("hi"));
      assertThrows(IllegalStateException.class, ana::connect);
    }
  }

  @Test
  void aHangingHandshakeDoesNotHoldUpClosing() throws IOException {
    try (TestServer server = new TestServer(Peer::hang)) {
      SimClient ana = client(server);
      ana.connect();
      await().until(() -> server.peers().size() == 1);
      closes(ana);
      await().until(() -> server.openSockets() == 0);
    }
  }

  @Test
  void aServerThatNeverEndsIsDropped() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    Script deaf =
        peer -> {
          peer.greet();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (TestServer server = new TestServer(deaf)) {
      SimClient ana = client(server);
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      closes(ana);
      over.countDown();
    }
  }

  @Test
  void aServerThatReadsNothingHoldsUpNobody() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    Script stalled =
        peer -> {
          peer.socket().setReceiveBufferSize(4_096);
          peer.greet();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (TestServer server = new TestServer(stalled)) {
      SimClient ana = client(server);
      ana.connect();
      await().until(() -> ana.state() == LinkState.CONNECTED);
      String large = "x".repeat(900_000);
      for (int i = 0; i < 30; i++) {
        ana.say(large);
      }
      await()
          .alias("a peer that takes nothing is dropped when the queue is full")
          .until(() -> heard.states.contains("reconnecting"));
      closes(ana);
      over.countDown();
    }
  }

  @Test
  void aListenerMayCloseTheClient() throws IOException {
    CompletableFuture<SimClient> self = new CompletableFuture<>();
    CountDownLatch closed = new CountDownLatch(1);
    ClientListener closing =
        new ClientListener() {
          @Override
          public void onDeliver(Frame frame) {
            self.join().close();
            closed.countDown();
          }
        };
    try (TestServer server = TestServer.echoing()) {
      SimClient ana =
          new SimClient(
              ClientOptions.of("ana", server.url()).with(Clients.core()).withListener(closing));
      self.complete(ana);
      ana.connect();
      ana.say("hi");
      await().until(() -> closed.getCount() == 0);
      await().until(() -> server.openSockets() == 0);
      assertEquals(LinkState.DISCONNECTED, ana.state());
    }
  }

  @Test
  void bothSidesClosingAtOnceLeavesNothingOpen() throws IOException {
    long seed = System.nanoTime();
    System.out.println("bothSidesClosingAtOnce seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Script hasty =
        peer -> {
          peer.greet();
          peer.receive();
          peer.close(1012, "restart");
        };
    try (TestServer server = new TestServer(hasty)) {
      for (int i = 0; i < 100; i++) {
        SimClient ana = client(server);
        ana.connect();
        if (random.nextBoolean()) {
          await()
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(2))
              .until(() -> ana.state() == LinkState.CONNECTED);
        }
        ana.say("bye");
        if (random.nextBoolean()) {
          ana.disconnect();
        }
        if (random.nextBoolean()) {
          ana.offline();
        }
        closes(ana);
      }
      await().until(() -> server.openSockets() == 0);
      assertTrue(heard.failures.isEmpty(), heard.failures::toString);
    }
  }
}
