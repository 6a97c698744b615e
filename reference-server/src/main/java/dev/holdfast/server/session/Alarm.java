package dev.holdfast.server.session;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A session's only timer: rings at the newest moment wished for. Used on one event loop. */
final class Alarm {
  private static final long NEVER = Long.MAX_VALUE;

  private final EventExecutor loop;
  private final Runnable ring;
  private long wish = NEVER;
  private long armedFor = NEVER;
  private @Nullable ScheduledFuture<?> armed;

  Alarm(EventExecutor loop, Runnable ring) {
    this.loop = loop;
    this.ring = ring;
  }

  /** Replaces any earlier wish. A timer that comes too early is kept, and then set anew. */
  void at(long nanos) {
    wish = nanos;
    if (armed == null || armedFor > nanos) {
      disarm();
      arm();
    }
  }

  private void arm() {
    armedFor = wish;
    long delay = Math.max(0, wish - System.nanoTime());
    armed = loop.schedule(this::due, delay, TimeUnit.NANOSECONDS);
  }

  private void due() {
    armed = null;
    if (wish == NEVER) {
      return;
    }
    if (System.nanoTime() < wish) {
      arm();
    } else {
      wish = NEVER;
      ring.run();
    }
  }

  private void disarm() {
    if (armed != null) {
      armed.cancel(false);
      armed = null;
    }
  }

  void off() {
    wish = NEVER;
    disarm();
  }
}
