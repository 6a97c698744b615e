package dev.holdfast.client.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.testing.Peer;
import dev.holdfast.client.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinksTest {
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final Links links = new Links(timers);
  private final List<Link> dialed = new ArrayList<>();
  private final List<String> news = new CopyOnWriteArrayList<>();

  private final LinkListener noting =
      new LinkListener() {
        @Override
        public void opened(boolean subprotocolAccepted) {
          news.add("opened " + subprotocolAccepted);
        }

        @Override
        public void refused(int status, long retryAfterMs) {
          news.add("refused " + status + " " + retryAfterMs);
        }

        @Override
        public void received(String text, long nanos) {
          news.add("received " + text.length());
        }

        @Override
        public void closed(int code, String reason) {
          news.add("closed " + code + " " + reason);
        }
      };

  @AfterEach
  void stop() {
    dialed.forEach(Link::abandon);
    await().until(() -> dialed.stream().allMatch(link -> link.done().isDone()));
    timers.shutdownNow();
  }

  private Link dial(URI url) {
    Link link = links.dial(url, true, noting);
    dialed.add(link);
    return link;
  }

  private void expect(String... expected) {
    await().until(() -> news.equals(List.of(expected)));
  }

  @Test
  void acceptanceOfTheSubprotocolIsTold() throws IOException {
    TestServer.Script taking = peer -> peer.accept("Sec-WebSocket-Protocol: agent-chat.v1");
    try (TestServer server = new TestServer(taking)) {
      dial(server.url());
      expect("opened true", "closed 1006 ");
    }
  }

  @Test
  void aRefusalCarriesItsStatusAndRetryAfter() throws IOException {
    try (TestServer server = new TestServer(peer -> peer.refuse(503, "retry-after: 7"))) {
      Link link = dial(server.url());
      expect("refused 503 7000");
      await().until(() -> link.done().isDone());
    }
  }

  @Test
  void theOtherSidesCloseCodeAndReasonAreToldAndAnswered() throws IOException {
    TestServer.Script closing =
        peer -> {
          peer.accept();
          peer.frame(0x88, new byte[] {0x0f, (byte) 0xa3, 'n', 'o'});
          peer.receive();
        };
    try (TestServer server = new TestServer(closing)) {
      Link link = dial(server.url());
      expect("opened false", "closed 4003 no");
      await().until(() -> link.done().isDone() && server.openSockets() == 0);
      assertEquals(4003, server.peer(0).closeCode());
    }
  }

  @Test
  void aCloseWithoutACodeIs1005() throws IOException {
    TestServer.Script closing =
        peer -> {
          peer.accept();
          peer.frame(0x88, new byte[0]);
          peer.receive();
        };
    try (TestServer server = new TestServer(closing)) {
      dial(server.url());
      expect("opened false", "closed 1005 ");
    }
  }

  @Test
  void badUtf8IsClosedWith1007() throws IOException {
    TestServer.Script bad =
        peer -> {
          peer.accept();
          peer.frame(0x81, new byte[] {(byte) 0xc3, 0x28});
          peer.receive();
        };
    try (TestServer server = new TestServer(bad)) {
      dial(server.url());
      await().until(() -> news.size() == 2 && news.get(1).startsWith("closed 1007"));
      await().until(() -> server.peer(0).closeCode() == 1007);
    }
  }

  @Test
  void binaryFramesAreNotSpoken() throws IOException {
    TestServer.Script binary =
        peer -> {
          peer.accept();
          peer.frame(0x82, new byte[] {1, 2, 3});
          peer.receive();
        };
    try (TestServer server = new TestServer(binary)) {
      dial(server.url());
      await().until(() -> news.size() == 2 && news.get(1).startsWith("closed 1003"));
      await().until(() -> server.peer(0).closeCode() == 1003);
    }
  }

  @Test
  void aWebSocketPingIsAnswered() throws IOException {
    TestServer.Script pinging =
        peer -> {
          peer.accept();
          peer.frame(0x89, "are you there".getBytes(UTF_8));
          peer.receive();
        };
    try (TestServer server = new TestServer(pinging)) {
      Link link = dial(server.url());
      await().until(() -> server.peers().size() == 1 && server.peer(0).pongs() == 1);
      link.abandon();
    }
  }

  @Test
  void afterLeavingNothingIsTold() throws IOException {
    try (TestServer server = TestServer.echoing()) {
      Link link = dial(server.url());
      await().until(() -> news.size() == 2);
      link.close(4003, "ä".repeat(100));
      assertFalse(link.send("too late"));
      await().until(() -> link.done().isDone() && server.openSockets() == 0);
      assertEquals(4003, server.peer(0).closeCode());
      assertEquals(2, news.size());
    }
  }

  @Test
  void abandoningSendsNoCloseFrame() throws IOException {
    try (TestServer server = TestServer.echoing()) {
      Link link = dial(server.url());
      await().until(() -> news.size() == 2);
      link.abandon();
      assertTrue(link.done().isDone());
      await().until(() -> server.openSockets() == 0);
      assertEquals(0, server.peer(0).closeCode());
      assertEquals(2, news.size());
    }
  }

  @Test
  void aHandshakeCanBeAbandoned() throws IOException {
    try (TestServer server = new TestServer(Peer::hang)) {
      Link link = dial(server.url());
      await().until(() -> server.peers().size() == 1);
      link.close(1000, "");
      await().until(() -> server.openSockets() == 0);
      assertEquals(List.of(), news);
    }
  }

  @Test
  void aUrlNeedsNoPath() throws IOException {
    try (TestServer server = TestServer.echoing()) {
      dial(URI.create(server.url().toString().replace("/ws/chat", "")));
      await().until(() -> news.size() == 2);
      assertEquals("GET / HTTP/1.1", server.peer(0).requestLine());
    }
  }

  /** Whoever says hello at once may write into a reset before reading has begun. */
  @Test
  void aResetRightBehindTheHandshakeIsAnEndEachTime() throws IOException {
    int times = 300;
    try (TestServer server =
        new TestServer(peer -> {
          peer.accept();
          peer.reset();
        })) {
      List<Link> open = new CopyOnWriteArrayList<>();
      AtomicInteger ends = new AtomicInteger();
      for (int i = 0; i < times; i++) {
        CompletableFuture<Link> own = new CompletableFuture<>();
        LinkListener hasty =
            new LinkListener() {
              @Override
              public void opened(boolean subprotocolAccepted) {
                own.join().send("hello");
              }

              @Override
              public void refused(int status, long retryAfterMs) {
                ends.incrementAndGet();
              }

              @Override
              public void received(String text, long nanos) {}

              @Override
              public void closed(int code, String reason) {
                ends.incrementAndGet();
              }
            };
        Link link = links.dial(server.url(), false, hasty);
        own.complete(link);
        open.add(link);
      }
      dialed.addAll(open);
      await().untilAsserted(() -> assertEquals(times, ends.get()));
    }
  }
}
