package dev.holdfast.load;

import dev.holdfast.report.budget.LatencyRecorder;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts and times all that one load does; any thread. */
final class Meter {
  static final String PING = "ping";

  private final LatencyRecorder connect = new LatencyRecorder(Percentiles.CONNECT);
  private final LatencyRecorder firstFrame = new LatencyRecorder(Percentiles.FIRST_FRAME);
  private final LatencyRecorder answer = new LatencyRecorder(Percentiles.ANSWER);
  private final LatencyRecorder ping = new LatencyRecorder(PING);
  private final LongAdder messages = new LongAdder();
  private final LongAdder attempts = new LongAdder();
  private final LongAdder failedAttempts = new LongAdder();
  private final LongAdder reconnects = new LongAdder();
  private final AtomicInteger connections = new AtomicInteger();
  private final Series series = new Series();
  private volatile @Nullable String lastFailure;

  void said() {
    messages.increment();
  }

  void firstFrame(long nanos) {
    firstFrame.recordNanos(nanos);
  }

  void answered(long nanos) {
    answer.recordNanos(nanos);
    series.answered(nanos);
  }

  void pinged(long nanos) {
    ping.recordNanos(nanos);
  }

  /** An attempt reached its greeting; {@code again} if this client had been connected before. */
  void connected(long nanos, boolean again) {
    attempts.increment();
    connections.incrementAndGet();
    connect.recordNanos(nanos);
    if (again) {
      reconnects.increment();
    }
  }

  void disconnected() {
    connections.decrementAndGet();
  }

  void attemptFailed(String reason) {
    attempts.increment();
    failedAttempts.increment();
    lastFailure = reason;
  }

  int connections() {
    return connections.get();
  }

  /** Why the newest failed attempt failed. */
  @Nullable String lastFailure() {
    return lastFailure;
  }

  /** Ends an interval of the series. */
  void tick(long atMs) {
    series.tick(atMs, connections.get());
  }

  LoadResult result(LoadPlan plan, long tookMs, long checked, long broken) {
    return new LoadResult(
        plan.profile().word(),
        plan.users(),
        tookMs,
        checked,
        broken,
        messages.sum(),
        attempts.sum(),
        failedAttempts.sum(),
        reconnects.sum(),
        List.of(
            firstFrame.percentiles(),
            answer.percentiles(),
            connect.percentiles(),
            ping.percentiles()),
        series.points());
  }
}
