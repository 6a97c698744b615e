package dev.holdfast.cli.gate;

import dev.holdfast.cli.evidence.MemoryRecord;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Weighs idle connections to a server in this JVM: the heap after a collection with so many open,
 * less the heap without them. Our half of each is a bare channel of some hundred bytes, so that the
 * figure is a little too high, never too low.
 */
final class MemoryProbe {
  private static final int CONNECTIONS = 500;
  private static final int GREETING_WITHIN_MS = 5_000;
  private static final int ENOUGH = 4_096;

  private MemoryProbe() {}

  static MemoryRecord of(URI url, long seed) throws IOException {
    String name = "hf-idle-" + Long.toString(seed & 0xffffff, 36) + "-";
    List<SocketChannel> open = new ArrayList<>();
    byte[] buffer = new byte[ENOUGH];
    try {
      // Whatever is made once, with the first connection, is no connection's own.
      open.add(connect(url, name + "first", buffer));
      long before = heap();
      for (int i = 0; i < CONNECTIONS; i++) {
        open.add(connect(url, name + i, buffer));
      }
      return new MemoryRecord(CONNECTIONS, before, heap());
    } finally {
      for (SocketChannel channel : open) {
        channel.close();
      }
    }
  }

  /** Connected, upgraded and greeted. */
  private static SocketChannel connect(URI url, String session, byte[] buffer) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel
          .socket()
          .connect(new InetSocketAddress(url.getHost(), url.getPort()), GREETING_WITHIN_MS);
      String request =
          String.format(
                  Locale.ROOT,
                  "GET %s?session_id=%s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\n",
                  url.getPath(),
                  session,
                  url.getHost(),
                  url.getPort())
              + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: aG9sZGZhc3QtaWRsZS1vbmU=\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      greeted(channel, buffer);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Reads through the channel's socket: a channel alone knows no time limit. */
  private static void greeted(SocketChannel channel, byte[] buffer) throws IOException {
    channel.socket().setSoTimeout(GREETING_WITHIN_MS);
    InputStream in = channel.socket().getInputStream();
    int length = 0;
    String seen = "";
    while (!seen.contains("\"connected\"")) {
      int read = length == buffer.length ? -1 : in.read(buffer, length, buffer.length - length);
      if (read < 0) {
        throw new IOException("an idle connection was not greeted: " + seen.lines().findFirst());
      }
      length += read;
      seen = new String(buffer, 0, length, StandardCharsets.UTF_8);
    }
  }

  private static long heap() {
    var memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
