package dev.holdfast.client.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;

/**
 * What waits to be written to a wire: nobody who sends is ever held up by a peer that does not
 * read.
 *
 * <p>Frames leave in order, as many as there are in one write, on a virtual thread that lives only
 * while there is something to write. A peer that takes nothing while the queue fills is dropped.
 */
final class SendQueue extends Writer {
  /** Twice what a client may send at once after a reconnect, with room for control frames. */
  private static final int MAX_FRAMES = 1_024;

  private static final int MAX_BYTES = 16 << 20;

  /** How long a closed connection may still take to end by itself. */
  private static final long CLOSE_DEADLINE_MS = 1_000;

  private final Wire wire;
  private final Queue<Pending> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean writing;
  private boolean closed;

  private record Pending(ByteBuffer frame, CompletionHandler<ByteBuffer> handler) {}

  SendQueue(Wire wire) {
    this.wire = wire;
  }

  @Override
  public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> handler) {
    if (!offer(new Pending(frame, handler))) {
      handler.failed(new IOException("the connection takes nothing more"));
    }
  }

  private synchronized boolean offer(Pending pending) {
    if (closed) {
      return false;
    }
    bytes += pending.frame().remaining();
    if (waiting.size() >= MAX_FRAMES || bytes > MAX_BYTES) {
      closed = true;
      wire.drop();
      return false;
    }
    waiting.add(pending);
    startWriting();
    return true;
  }

  /** Writes what waits, then ends our direction; drops the wire if that takes too long. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      wire.dropAfter(CLOSE_DEADLINE_MS);
      startWriting();
    }
  }

  private void startWriting() {
    if (!writing) {
      writing = true;
      Thread.ofVirtual().name("holdfast-write").start(this::drain);
    }
  }

  private void drain() {
    List<Pending> batch = next();
    while (!batch.isEmpty()) {
      try {
        writeAll(batch);
        batch.forEach(p -> p.handler().completed(p.frame()));
      } catch (IOException e) {
        wire.drop();
        batch.forEach(p -> p.handler().failed(e));
      }
      batch = next();
    }
    if (isClosed()) {
      wire.finishWriting();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized List<Pending> next() {
    List<Pending> batch = new ArrayList<>(waiting);
    waiting.clear();
    bytes = 0;
    if (batch.isEmpty()) {
      writing = false;
    }
    return batch;
  }

  private void writeAll(List<Pending> batch) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Pending pending : batch) {
      ByteBuffer frame = pending.frame();
      all.write(frame.array(), frame.arrayOffset() + frame.position(), frame.remaining());
    }
    all.writeTo(wire.output());
  }
}
