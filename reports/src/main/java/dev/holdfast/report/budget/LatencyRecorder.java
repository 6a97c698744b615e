package dev.holdfast.report.budget;

import dev.holdfast.report.result.Percentiles;
import java.time.Duration;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Records one kind of latency from many threads, in microseconds, to three significant digits.
 *
 * <p>What takes longer than ten minutes is recorded as ten minutes.
 */
public final class LatencyRecorder {
  /** The longest time that is told from longer ones. */
  public static final long HIGHEST_US = Duration.ofMinutes(10).toNanos() / 1_000;

  /** Significant digits of each time. */
  public static final int DIGITS = 3;

  private final String kind;
  private final Histogram histogram = new ConcurrentHistogram(HIGHEST_US, DIGITS);

  public LatencyRecorder(String kind) {
    this.kind = kind;
  }

  /** Records a time that passed. */
  public void record(Duration latency) {
    recordNanos(latency.toNanos());
  }

  /** Records a difference of {@code System.nanoTime}. */
  public void recordNanos(long nanos) {
    long us = Math.max(0, nanos) / 1_000;
    histogram.recordValue(Math.min(us, HIGHEST_US));
  }

  /** Adds all that another recorder of the same kind has seen, for example in its interval. */
  public void add(LatencyRecorder other) {
    histogram.add(other.histogram);
  }

  /** The distribution so far; all zero when nothing was recorded. */
  public Percentiles percentiles() {
    return percentiles(kind, histogram.copy());
  }

  /** The distribution in a histogram of microseconds. */
  public static Percentiles percentiles(String kind, Histogram h) {
    return new Percentiles(
        kind,
        h.getTotalCount(),
        at(h, 50),
        at(h, 90),
        at(h, 95),
        at(h, 99),
        at(h, 99.9),
        h.getMaxValue());
  }

  /** The bucket's upper edge can lie above anything seen; the maximum is a better bound. */
  private static long at(Histogram h, double percentile) {
    return Math.min(h.getValueAtPercentile(percentile), h.getMaxValue());
  }
}
