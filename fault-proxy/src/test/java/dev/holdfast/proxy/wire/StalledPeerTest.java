package dev.holdfast.proxy.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.Link;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 100 MB pushed against a peer that does not read: the writer waits, the proxy stays small. */
@Isolated("its memory is the whole process's")
final class StalledPeerTest {
  private static final int CHUNK = 100_000;
  private static final int CHUNKS = 1_000;

  @ParameterizedTest
  @CsvSource({"noop,196608", "bandwidth,262144", "latency,4653056"})
  void isHeldUpWithinTheStatedBound(String fault, long boundBytes) throws Exception {
    try (EmbeddedEngine engine = EmbeddedEngine.start(0, 1);
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Link link = engine.open("l", (InetSocketAddress) server.getLocalSocketAddress())) {
      link.inject(
          fault,
          switch (fault) {
            case "latency" -> Map.of("latency", 1, "stream", "upstream");
            case "bandwidth" -> Map.of("rate", 20_000_000, "stream", "upstream");
            default -> Map.of("stream", "upstream");
          });
      try (Socket client = new Socket(link.listen().getAddress(), link.listen().getPort());
          Socket stalled = server.accept()) {
        long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
        AtomicLong sent = new AtomicLong();
        Thread writer = Thread.ofVirtual().start(() -> push(client, sent));
        await().during(300, TimeUnit.MILLISECONDS).until(new Still(sent)::still);
        long held = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() - before;
        System.out.println(fault + ": " + held + " bytes held, " + sent.get() + " sent");
        assertTrue(held <= boundBytes, held + " bytes held under " + fault);
        assertTrue(sent.get() < 50_000_000, sent.get() + " bytes went nowhere");
        assertEquals((long) CHUNK * CHUNKS, drain(stalled));
        writer.join();
      }
    }
  }

  private static void push(Socket socket, AtomicLong sent) {
    try {
      byte[] chunk = new byte[CHUNK];
      for (int i = 0; i < CHUNKS; i++) {
        socket.getOutputStream().write(chunk);
        sent.addAndGet(CHUNK);
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      // What is missing is missed by the reader.
    }
  }

  private static long drain(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[64 * 1024];
    long total = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      total += n;
    }
    return total;
  }
}
