package dev.holdfast.proxy.wire;

import java.util.concurrent.atomic.LongAdder;

/** What one direction of a proxy took in and gave out: bytes in, bytes out, chunks in. */
public record Traffic(LongAdder received, LongAdder sent, LongAdder chunks) {
  Traffic() {
    this(new LongAdder(), new LongAdder(), new LongAdder());
  }

  void read(int bytes) {
    received.add(bytes);
    chunks.increment();
  }
}
