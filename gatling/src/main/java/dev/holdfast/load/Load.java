package dev.holdfast.load;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One load while it runs: what all its people share. */
final class Load {
  private static final long TICK_MS = 1_000;

  private final LoadPlan plan;
  private final Court court;
  private final Meter meter = new Meter();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("holdfast-load-ticks").factory());
  private @Nullable ScheduledFuture<?> ticks;
  private volatile long startNanos = System.nanoTime();
  private volatile @Nullable Throwable fault;

  Load(LoadPlan plan, Court court) {
    this.plan = plan;
    this.court = court;
  }

  LoadPlan plan() {
    return plan;
  }

  Court court() {
    return court;
  }

  Meter meter() {
    return meter;
  }

  /** The clock starts now. */
  void start() {
    startNanos = System.nanoTime();
    ticks =
        ticker.scheduleAtFixedRate(
            () -> meter.tick(elapsedMs()), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  long elapsedMs() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  long leftMs() {
    return Math.max(0, plan.durationMs() - elapsedMs());
  }

  boolean running() {
    return leftMs() > 0;
  }

  /** Whether less than that share of the duration is over. */
  boolean before(double share) {
    return elapsedMs() < plan.durationMs() * share;
  }

  /** Something of our own broke; the first is kept. */
  void broke(Throwable thrown) {
    if (fault == null) {
      fault = thrown;
    }
  }

  /** The clock stops, and this is what it was. */
  Measured stop() {
    long tookMs = elapsedMs();
    if (ticks != null) {
      ticks.cancel(false);
    }
    ticker.shutdown();
    Throwable broke = fault;
    return new Measured(
        meter.result(plan, tookMs, court.checked(), court.broken()),
        court.first(),
        meter.lastFailure(),
        broke == null ? null : broke.toString());
  }
}
