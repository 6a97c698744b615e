package dev.holdfast.server.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one socket: a queue, and one armed drain that writes all of it and
 * flushes once. Many small frames flushed one by one would cost several times as much.
 *
 * <p>Only what the socket can take leaves the queue, so a peer that does not read holds back texts
 * here, where they are counted, and nothing of anybody else.
 */
final class Outbound {
  private record Waiting(String text, int bytes) {}

  private final Channel channel;
  private final long limitBytes;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean armed = new AtomicBoolean();
  private final AtomicLong pendingBytes = new AtomicLong();
  private volatile boolean full;
  private volatile @Nullable WebSocketFrame last;
  private boolean lastWritten;

  Outbound(Channel channel, long limitBytes) {
    this.channel = channel;
    this.limitBytes = limitBytes;
  }

  /** Queues a text; false, once, when that is more than the peer is allowed to leave unread. */
  boolean offer(String text) {
    if (full || last != null) {
      return true;
    }
    int bytes = ByteBufUtil.utf8Bytes(text);
    if (pendingBytes.addAndGet(bytes) > limitBytes) {
      full = true;
      queue.clear();
      return false;
    }
    queue.add(new Waiting(text, bytes));
    arm();
    return true;
  }

  /** Queues the last frame; what comes after it is dropped. */
  void offerLast(WebSocketFrame frame) {
    last = frame;
    arm();
  }

  private void arm() {
    if (armed.compareAndSet(false, true)) {
      channel.eventLoop().execute(this::drain);
    }
  }

  /** Writes what the socket takes; called again when it takes more. */
  void drain() {
    armed.set(false);
    do {
      if (!writeSome()) {
        return;
      }
      channel.flush();
    } while (channel.isWritable());
  }

  private boolean writeSome() {
    int bytes = 0;
    ChannelFuture written = null;
    Waiting next;
    while (channel.isWritable() && (next = queue.poll()) != null) {
      written = channel.write(new TextWebSocketFrame(encoded(next)));
      bytes += next.bytes();
    }
    if (written != null) {
      int done = bytes;
      written.addListener(f -> pendingBytes.addAndGet(-done));
    }
    WebSocketFrame end = queue.isEmpty() ? last : null;
    if (end != null && !lastWritten) {
      lastWritten = true;
      written = channel.write(end);
    }
    return written != null;
  }

  private ByteBuf encoded(Waiting waiting) {
    ByteBuf bytes = channel.alloc().buffer(waiting.bytes());
    bytes.writeCharSequence(waiting.text(), StandardCharsets.UTF_8);
    return bytes;
  }

  /** Gives back what was never written. */
  void discard() {
    full = true;
    queue.clear();
    WebSocketFrame end = last;
    if (end != null && !lastWritten) {
      lastWritten = true;
      end.release();
    }
  }
}
