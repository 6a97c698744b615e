package dev.holdfast.load;

import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.Percentiles;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts and times all that one load does; any thread. */
final class Meter {
  private final Timings timings = new Timings();
  private final LongAdder messages = new LongAdder();
  private final LongAdder attempts = new LongAdder();
  private final LongAdder failedAttempts = new LongAdder();
  private final LongAdder reconnects = new LongAdder();
  private final LongAdder losses = new LongAdder();
  private final LongAdder stranded = new LongAdder();
  private final ConnectionCount connections = new ConnectionCount();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger mostWaiting = new AtomicInteger();
  private Arm socket = Arm.NONE;
  private Arm dropped = Arm.NONE;
  private Arm http = Arm.NONE;
  private volatile @Nullable String lastFailure;

  /** What the last point had counted; touched by whoever asks for points. */
  private long reconnectsBefore;

  private long failedBefore;

  void said() {
    messages.increment();
  }

  void timed(String kind, long nanos) {
    timings.record(kind, nanos);
  }

  /** An attempt reached its greeting; {@code again} if this client had been connected before. */
  void connected(long nanos, boolean again) {
    attempts.increment();
    connections.add(1, System.nanoTime());
    timed(Percentiles.CONNECT, nanos);
    if (again) {
      reconnects.increment();
    }
  }

  void disconnected() {
    connections.add(-1, System.nanoTime());
  }

  /** A connection went that nobody wanted to end. */
  void lost() {
    losses.increment();
  }

  /** Somebody lost the connection and never got another. */
  void stranded() {
    stranded.increment();
  }

  void attemptFailed(String reason) {
    attempts.increment();
    failedAttempts.increment();
    lastFailure = reason;
  }

  /**
   * It is known what came of a message on the WebSocket.
   *
   * @param failure why it has no answer; null for an answer
   */
  synchronized void ended(boolean acrossDrop, @Nullable String failure) {
    if (acrossDrop) {
      dropped = dropped.with(failure);
    } else {
      socket = socket.with(failure);
    }
  }

  /** The same of a message that went by HTTP. */
  synchronized void endedOverHttp(@Nullable String failure) {
    http = http.with(failure);
  }

  /** So many more messages, or fewer, wait in their clients without ever having been written. */
  void waits(int more) {
    int now = waiting.addAndGet(more);
    mostWaiting.accumulateAndGet(now, Math::max);
  }

  int connections() {
    return connections.now();
  }

  /** How many were open at a moment of {@link System#nanoTime}. */
  int connectionsAt(long nanos) {
    return connections.at(nanos);
  }

  Timings timings() {
    return timings;
  }

  /** Ends an interval of what is counted; one thread at a time. */
  LoadPoint point(long atMs) {
    long back = reconnects.sum();
    long failed = failedAttempts.sum();
    LoadPoint point =
        new LoadPoint(
            atMs,
            connections.now(),
            0,
            0,
            0,
            mostWaiting.getAndSet(waiting.get()),
            back - reconnectsBefore,
            failed - failedBefore);
    reconnectsBefore = back;
    failedBefore = failed;
    return point;
  }

  /** All that was counted. */
  synchronized Counts counts() {
    return new Counts(
        messages.sum(),
        attempts.sum(),
        failedAttempts.sum(),
        reconnects.sum(),
        losses.sum(),
        stranded.sum(),
        lastFailure,
        socket,
        dropped,
        http);
  }
}
