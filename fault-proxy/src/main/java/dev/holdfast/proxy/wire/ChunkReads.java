package dev.holdfast.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.BooleanSupplier;

/**
 * Reads of at most 32 KiB, as Toxiproxy's, repeated only while more is there and the pipeline has
 * room for it. Where no toxic could tell the difference a stream in full flow is read in larger
 * pieces, which costs fewer calls of the kernel.
 */
@SuppressWarnings("deprecation") // Netty has marked the only type that newHandle may return.
final class ChunkReads implements RecvByteBufAllocator {
  static final int MAX_BYTES = 32 * 1024;
  static final int MAX_PLAIN_BYTES = 128 * 1024;

  /** Then others on the event loop have their turn. */
  private static final int MAX_READS = 16;

  private final BooleanSupplier room;
  private final BooleanSupplier plain;

  ChunkReads(BooleanSupplier room, BooleanSupplier plain) {
    this.room = room;
    this.plain = plain;
  }

  @Override
  public Handle newHandle() {
    return new Reads();
  }

  private final class Reads implements ExtendedHandle {
    private int reads;
    private int attempted;
    private int last;

    @Override
    public ByteBuf allocate(ByteBufAllocator alloc) {
      return alloc.ioBuffer(guess(), guess());
    }

    @Override
    public int guess() {
      boolean flowing = attempted > 0 && last == attempted;
      return flowing && plain.getAsBoolean() ? MAX_PLAIN_BYTES : MAX_BYTES;
    }

    @Override
    public void reset(ChannelConfig config) {
      reads = 0;
    }

    @Override
    public void incMessagesRead(int count) {
      reads += count;
    }

    @Override
    public void lastBytesRead(int bytes) {
      last = bytes;
    }

    @Override
    public int lastBytesRead() {
      return last;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
      return attempted;
    }

    @Override
    public boolean continueReading() {
      return last == attempted && reads < MAX_READS && room.getAsBoolean();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
      return continueReading();
    }

    @Override
    public void readComplete() {}
  }
}
