package dev.holdfast.proxy.wire;

import java.util.concurrent.atomic.AtomicLong;

/** Whether a count stands where it stood when last asked. */
public final class Still {
  private final AtomicLong count;
  private long last = -1;

  public Still(AtomicLong count) {
    this.count = count;
  }

  public boolean still() {
    long now = count.get();
    boolean still = now == last && now > 0;
    last = now;
    return still;
  }
}
