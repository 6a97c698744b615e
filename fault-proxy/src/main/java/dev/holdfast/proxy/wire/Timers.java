package dev.holdfast.proxy.wire;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The clock and the alarms of one connection. Tests have one in which no time passes by itself. */
interface Timers {
  long nowNanos();

  /** Runs the action later, on the connection's own thread; the result calls it off. */
  Runnable after(long nanos, Runnable action);

  static Timers of(EventLoop loop) {
    return new Timers() {
      @Override
      public long nowNanos() {
        return System.nanoTime();
      }

      @Override
      public Runnable after(long nanos, Runnable action) {
        Future<?> future = loop.schedule(action, nanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
      }
    };
  }
}
