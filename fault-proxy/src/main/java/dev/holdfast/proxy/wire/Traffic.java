package dev.holdfast.proxy.wire;

import java.util.concurrent.atomic.LongAdder;

/** Bytes that one direction of a proxy took in and gave out. */
public record Traffic(LongAdder received, LongAdder sent) {
  Traffic() {
    this(new LongAdder(), new LongAdder());
  }
}
