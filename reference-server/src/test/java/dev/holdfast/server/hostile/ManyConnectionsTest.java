package dev.holdfast.server.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand connections on half a gigabyte, a tenth of them talking. */
class ManyConnectionsTest {
  private static final int CONNECTIONS = 10_000;
  private static final int TALKERS = 1_000;
  private static final int ROUNDS = 5;
  private static final int GOAL_BYTES = 12 << 10;
  private static final int AT_ONCE = 200;

  private final AtomicInteger greeted = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  private static Process server() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            HeapServer.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  @Tag("lab")
  void tenThousandFitInHalfAGigabyte() throws Exception {
    Process process = server();
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (BufferedReader said = process.inputReader();
        Writer to = process.outputWriter()) {
      int port = Integer.parseInt(said.readLine());
      long empty = heap(to, said);
      List<LeanPeer> peers = connect(loops, port);
      long idle = heap(to, said);
      long tookMs = talk(peers);
      long after = heap(to, said);
      long each = (idle - empty) / CONNECTIONS;
      System.out.printf(
          "%d connections: %,d bytes of heap each; %,d after %d answers in %,d ms%n",
          CONNECTIONS, each, (after - empty) / CONNECTIONS, answered.get(), tookMs);
      assertEquals(TALKERS * ROUNDS, answered.get());
      assertTrue(each <= GOAL_BYTES, each + " bytes a connection");
    } finally {
      process.destroy();
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private static long heap(Writer to, BufferedReader said) throws IOException {
    to.write("heap\n");
    to.flush();
    return Long.parseLong(said.readLine());
  }

  /** From several addresses of this machine, so that no single one runs out of ports. */
  private List<LeanPeer> connect(EventLoopGroup loops, int port) {
    List<LeanPeer> peers = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      LeanPeer peer = new LeanPeer("s-" + i, greeted, answered);
      peers.add(peer);
      var local = new InetSocketAddress("127.0.0." + (1 + i % 5), 0);
      var unused =
          bootstrap(loops, peer)
              .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), local);
      int least = i - AT_ONCE;
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofSeconds(60))
          .until(() -> greeted.get() >= least);
    }
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> greeted.get() == CONNECTIONS);
    return peers;
  }

  private static Bootstrap bootstrap(EventLoopGroup loops, LeanPeer peer) {
    return new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(peer);
              }
            });
  }

  private long talk(List<LeanPeer> peers) {
    long from = System.nanoTime();
    for (int round = 1; round <= ROUNDS; round++) {
      for (int i = 0; i < TALKERS; i++) {
        peers.get(i * (CONNECTIONS / TALKERS)).say("m-" + round);
      }
      int expected = round * TALKERS;
      Awaitility.await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertEquals(expected, answered.get(), "answers"));
    }
    return (System.nanoTime() - from) / 1_000_000;
  }
}
