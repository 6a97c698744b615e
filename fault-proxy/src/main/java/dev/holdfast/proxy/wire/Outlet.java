package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.frame.Framing;
import dev.holdfast.proxy.toxic.Chunk;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.atomic.LongAdder;

/** The end of a pipeline: the socket that the chunks are written to. */
final class Outlet implements Inlet {
  private final Channel destination;
  private final LongAdder sentBytes;
  private final Framing framing = new Framing();
  private boolean flushEach;
  private boolean ended;

  Outlet(Channel destination, LongAdder sentBytes) {
    this.destination = destination;
    this.sentBytes = sentBytes;
  }

  /** The kernel's buffer is full, and about 64 KiB more wait here. */
  @Override
  public boolean full() {
    return !destination.isWritable();
  }

  @Override
  public void accept(Chunk chunk) {
    if (ended || !destination.isActive()) {
      chunk.release();
      return;
    }
    sentBytes.add(chunk.size());
    framing.observe(chunk.data());
    var unused = destination.write(chunk.data(), destination.voidPromise());
    if (flushEach) {
      destination.flush();
    }
  }

  /** Where what was written stands in its frames. */
  Framing framing() {
    return framing;
  }

  /** Behind a toxic each chunk is a write of its own; without one, a burst goes out as one. */
  void flushEach(boolean each) {
    flushEach = each;
  }

  void flush() {
    destination.flush();
  }

  /** Closes both ways once all is written: no half-close is relayed. */
  @Override
  public void acceptEnd() {
    ended = true;
    destination.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Whether nothing waits here, so that a chunk goes straight to the kernel. */
  boolean idle() {
    ChannelOutboundBuffer pending = destination.unsafe().outboundBuffer();
    return pending == null || pending.totalPendingWriteBytes() == 0;
  }
}
