package dev.holdfast.server.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.Limits;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Mutated frames and handshakes: no fault is logged, no connection left, the heap stays flat. */
@Isolated("its heap is the whole process's")
class HostileTest {
  private static final int PEERS = 16;
  private static final long MOST_GROWTH_BYTES = 48L << 20;
  private static final List<String> FRAMES =
      List.of(
          "{\"type\":\"message\",\"id\":\"m-1\",\"data\":{\"content\":\"#agent slow_ms=0\\nh\u00e4llo\"}}",
          "{\"type\":\"message\",\"id\":\"m-2\",\"seq\":1,\"data\":{\"content\":\"\\ud83d\\ude00\","
              + "\"message_history\":[{\"role\":\"user\",\"content\":\"a\"}]}}",
          "{\"type\":\"ping\",\"id\":\"p-1\",\"timestamp\":\"2026-01-01T00:00:00.000Z\"}",
          "{\"type\":\"status\",\"data\":{\"status\":\"hello\",\"client_id\":\"t\",\"attempt\":1,"
              + "\"ack\":0,\"capabilities\":[\"tokens\"]}}",
          "{\"type\":\"status\",\"data\":{\"status\":\"ack\",\"ack\":3,\"queued\":9007199254740991}}",
          "{\"type\":\"status\",\"data\":{\"status\":\"cancel\",\"run_id\":\"r1\"},\"seq\":2}");
  private static final List<String> HANDSHAKES =
      List.of(
          lines(
              "GET /ws/chat?session_id=s-1&user_id=u HTTP/1.1",
              "Host: 127.0.0.1",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Protocol: agent-chat.v1",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "",
              ""),
          lines(
              "POST /api/chat HTTP/1.1",
              "Host: h",
              "Content-Length: 16",
              "",
              "{\"message\":\"hi\"}"),
          lines(
              "GET /api/transport?user_id=ana HTTP/1.1",
              "Host: h",
              "Origin: http://localhost",
              "",
              ""),
          lines(
              "PUT /admin/rollout HTTP/1.1",
              "Host: localhost",
              "Transfer-Encoding: chunked",
              "",
              "5",
              "{\"a\":",
              "0",
              "",
              ""));

  private static String lines(String... lines) {
    return String.join("\r\n", lines);
  }

  private final long seed = System.nanoTime();

  @Test
  void survivesAFewOfBoth() throws Exception {
    storm(2_000, 300);
  }

  @Test
  @Tag("ci")
  void survivesTwentyThousandFramesAndTwoThousandHandshakes() throws Exception {
    storm(20_000, 2_000);
  }

  @Test
  @Tag("lab")
  void survivesTwoHundredThousandFramesAndTwentyThousandHandshakes() throws Exception {
    storm(200_000, 20_000);
  }

  private void storm(int frames, int handshakes) throws Exception {
    System.out.println("hostile: seed " + seed);
    Limits limits = Limits.STANDARD.withDeadlines(100, 300).withMessagesPerSecond(1_000_000);
    try (ErrorLog log = new ErrorLog();
        ReferenceServer server =
            ReferenceServer.start(ServerOptions.builder().limits(limits).build())) {
      run(server, frames / 10, handshakes / 10);
      long before = heapOnceQuiet(server);
      run(server, frames, handshakes);
      long after = heapOnceQuiet(server);
      System.out.printf("hostile: heap %,d before, %,d after%n", before, after);
      assertEquals(List.of(), log.lines());
      assertEquals(200, Http.get(server, "/health").status());
      assertTrue(after - before < MOST_GROWTH_BYTES, (after - before) + " bytes more");
    }
  }

  private void run(ReferenceServer server, int frames, int handshakes) throws Exception {
    SplittableRandom chance = new SplittableRandom(seed);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> peers = new ArrayList<>();
      for (int i = 0; i < PEERS; i++) {
        Mutations mutations = new Mutations(chance.split());
        String name = "h-" + i;
        peers.add(threads.submit(() -> frames(server, name, mutations, frames / PEERS)));
        Mutations others = new Mutations(chance.split());
        peers.add(threads.submit(() -> handshakes(server, others, handshakes / PEERS)));
      }
      for (Future<?> peer : peers) {
        peer.get(10, TimeUnit.MINUTES);
      }
    }
  }

  /** Sends on and on; whoever was shown the door comes back, in one profile or the other. */
  private static void frames(ReferenceServer server, String name, Mutations mutations, int count) {
    int sent = 0;
    while (sent < count) {
      boolean core = sent % 2 == 0;
      try (RawClient client =
          core ? RawClient.core(server, name) : RawClient.resume(server, name + "-r")) {
        Thread reader = Thread.ofVirtual().start(client::closeCode);
        for (int i = 0; i < 50 && sent < count && reader.isAlive(); i++) {
          client.frame(RawClient.TEXT, true, mutations.of(FRAMES));
          sent++;
        }
      } catch (UncheckedIOException e) {
        sent++;
      }
    }
  }

  private static void handshakes(ReferenceServer server, Mutations mutations, int count) {
    for (int i = 0; i < count; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.setSoTimeout(20);
        socket.getOutputStream().write(mutations.of(HANDSHAKES));
        int unused = socket.getInputStream().read(new byte[1_024]);
      } catch (IOException e) {
        // A door slammed is an answer too.
      }
    }
  }

  private static long heapOnceQuiet(ReferenceServer server) {
    Awaitility.await().until(() -> server.connections() == 0 && server.openChannels() == 0);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
