package dev.holdfast.load;

import dev.holdfast.report.result.LoadPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One load while it runs: what all its people share. */
final class Load implements Court.Clock {
  /** The length of an interval; injectors that started together have the same ones. */
  static final long TICK_MS = 1_000;

  private final LoadPlan plan;
  private final Court court;
  private final LoadFiles files;
  private final Meter meter = new Meter();
  private final List<LoadPoint> points = new ArrayList<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("holdfast-load-ticks").factory());
  private @Nullable IntervalLog log;
  private volatile long startNanos = System.nanoTime();
  private volatile long startMs;
  private volatile long lateMs;
  private volatile @Nullable Throwable fault;

  Load(LoadPlan plan, Court court, LoadFiles files) {
    this.plan = plan;
    this.court = court;
    this.files = files;
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

  /** The clock starts: now, or at the moment agreed on with the other injectors. */
  void start() throws IOException {
    long agreedMs = plan.share().startAtMs();
    awaitMoment(agreedMs);
    startNanos = System.nanoTime();
    long nowMs = System.currentTimeMillis();
    lateMs = agreedMs == 0 ? 0 : Math.max(0, nowMs - agreedMs);
    startMs = agreedMs == 0 ? nowMs : agreedMs;
    files.writeStarted(startMs);
    log = new IntervalLog(files.intervals(), startMs);
    var unused = ticker.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  private static void awaitMoment(long wallMs) {
    try {
      long ms = wallMs - System.currentTimeMillis();
      while (ms > 0) {
        TimeUnit.MILLISECONDS.sleep(ms);
        ms = wallMs - System.currentTimeMillis();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends an interval. What breaks here must not end the clock in silence. */
  private synchronized void tick() {
    try {
      endInterval();
    } catch (IOException | RuntimeException e) {
      broke(e);
    }
  }

  /** Whatever its real end, it is written down with the one it should have. */
  private void endInterval() throws IOException {
    if (log == null) {
      return;
    }
    long from = points.size() * TICK_MS;
    var times = meter.timings().endInterval();
    points.add(meter.point(from + TICK_MS));
    log.write(from, from + TICK_MS, times);
  }

  long elapsedMs() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  /** When something was, since the clock started. */
  @Override
  public long atMs(long nanos) {
    return Math.max(0, (nanos - startNanos) / 1_000_000);
  }

  @Override
  public int connectionsAt(long nanos) {
    return meter.connectionsAt(nanos);
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

  private void close(@Nullable IntervalLog open) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      broke(e);
    }
  }

  /** The clock stops, and this is what it was. */
  Measured stop() {
    long tookMs = elapsedMs();
    ticker.shutdown();
    tick();
    synchronized (this) {
      close(log);
      log = null;
    }
    Throwable broke = fault == null ? court.fault() : fault;
    return new Measured(
        startMs,
        lateMs,
        tookMs,
        court.checked(),
        court.broken(),
        meter.counts(),
        court.first(),
        broke == null ? null : broke.toString(),
        points,
        court.brokenBy());
  }
}
