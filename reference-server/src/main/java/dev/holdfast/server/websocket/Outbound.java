package dev.holdfast.server.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
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
  /** Gathered into one write, up to so many bytes. */
  private static final int BYTES_A_WRITE = 32 << 10;

  private final Channel channel;
  private final long limitBytes;
  private final Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
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
  boolean offer(byte[] utf8) {
    if (full || last != null) {
      return true;
    }
    if (pendingBytes.addAndGet(utf8.length) > limitBytes) {
      full = true;
      queue.clear();
      return false;
    }
    queue.add(utf8);
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
    boolean wrote = writeTexts();
    WebSocketFrame end = queue.isEmpty() ? last : null;
    if (end != null && !lastWritten) {
      lastWritten = true;
      var unused = channel.write(end);
      return true;
    }
    return wrote;
  }

  /** As much as the socket takes at once, in one buffer. */
  private boolean writeTexts() {
    byte[] next = channel.isWritable() ? queue.poll() : null;
    if (next == null) {
      return false;
    }
    ByteBuf frames = channel.alloc().ioBuffer(roomFor(next));
    int bytes = 0;
    while (next != null) {
      TextFrames.write(frames, next);
      bytes += next.length;
      next = frames.readableBytes() < BYTES_A_WRITE ? queue.poll() : null;
    }
    int done = bytes;
    channel.write(frames).addListener(f -> pendingBytes.addAndGet(-done));
    return true;
  }

  private int roomFor(byte[] first) {
    long pending = pendingBytes.get();
    int usual = (int) Math.min(pending + pending / 8, BYTES_A_WRITE);
    return Math.max(usual, first.length) + TextFrames.MOST_HEADER_BYTES;
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
