package dev.holdfast.proxy.toxic;

import io.netty.buffer.ByteBuf;

/**
 * Bytes that were read from a socket at once, and when. Whoever holds a chunk owns one reference to
 * its buffer: pass it on or release it.
 */
public record Chunk(ByteBuf data, long stampNanos) {
  public int size() {
    return data.readableBytes();
  }

  /** Cuts the first bytes off as a chunk of their own; this one keeps the rest. */
  public Chunk first(int bytes) {
    return new Chunk(data.readRetainedSlice(bytes), stampNanos);
  }

  /** The same bytes as if they had been read later: time that a stage has already charged for. */
  public Chunk later(long nanos) {
    return new Chunk(data, stampNanos + nanos);
  }

  public void release() {
    data.release();
  }
}
