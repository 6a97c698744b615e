package dev.holdfast.scenarios.machine;

import java.util.concurrent.locks.LockSupport;

/**
 * Measures how late a timer of this process fires. On a starved machine every timer is late, so a
 * target that answers late there is not to blame.
 *
 * <p>The timer fires every 10 ms. What it missed is kept for the last ten minutes.
 */
public final class MachineWatch implements AutoCloseable {
  /** One timer that fired late in this way says that the machine was starved, in milliseconds. */
  static final long LATE_MS = 200;

  /** Above this share of a time span spent waiting for the processor the machine was starved. */
  static final double LOST_SHARE = 0.35;

  private static final long PERIOD_NANOS = 10_000_000;
  private static final int KEPT = 60_000;

  /** What a timer takes on a quiet machine; no processor time is missed below this. */
  private static final long USUAL_NANOS = 1_000_000;

  private final long[] firedAt = new long[KEPT];
  private final long[] late = new long[KEPT];
  private final Thread timer;
  private int fired;
  private volatile boolean closed;

  private MachineWatch() {
    timer = Thread.ofPlatform().daemon().name("machine-watch").unstarted(this::tick);
  }

  /** Starts to measure. */
  public static MachineWatch start() {
    MachineWatch watch = new MachineWatch();
    watch.timer.start();
    return watch;
  }

  private void tick() {
    while (!closed) {
      long before = System.nanoTime();
      LockSupport.parkNanos(PERIOD_NANOS);
      long now = System.nanoTime();
      fired(now, Math.max(0, now - before - PERIOD_NANOS));
    }
  }

  /** Takes down one firing of the timer. */
  synchronized void fired(long atNanos, long lateNanos) {
    firedAt[fired % KEPT] = atNanos;
    late[fired % KEPT] = lateNanos < USUAL_NANOS ? 0 : lateNanos;
    fired++;
  }

  /**
   * What the timer missed between two moments.
   *
   * @param fromNanos the first moment, by {@link System#nanoTime}
   * @param toNanos the last moment, by the same clock
   */
  public synchronized Starvation between(long fromNanos, long toNanos) {
    long worst = 0;
    long lost = 0;
    for (int i = Math.max(0, fired - KEPT); i < fired; i++) {
      long at = firedAt[i % KEPT];
      if (at - fromNanos >= 0 && at - toNanos <= 0) {
        worst = Math.max(worst, late[i % KEPT]);
        lost += late[i % KEPT];
      }
    }
    long span = Math.max(1, toNanos - fromNanos);
    return new Starvation(worst / 1_000_000, Math.min(1, (double) lost / span));
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(timer);
  }
}
