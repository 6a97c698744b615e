package dev.holdfast.proxy.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** An injection whose count and removal are somebody else's; it is removed once at most. */
final class Running implements Injection {
  private final String fault;
  private final LongSupplier bites;
  private final Runnable removal;
  private final AtomicBoolean removed = new AtomicBoolean();

  Running(String fault, LongSupplier bites, Runnable removal) {
    this.fault = fault;
    this.bites = bites;
    this.removal = removal;
  }

  @Override
  public String fault() {
    return fault;
  }

  @Override
  public long bites() {
    return bites.getAsLong();
  }

  @Override
  public void remove() {
    if (removed.compareAndSet(false, true)) {
      removal.run();
    }
  }
}
