package dev.holdfast.load;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Writes each interval's times to a file in HdrHistogram's log format: one line a kind, tagged with
 * its name, values in microseconds, the maximum column in milliseconds.
 */
final class IntervalLog implements Closeable {
  private static final double US_PER_MS = 1_000.0;

  private final HistogramLogWriter log;

  /**
   * @param startMs when the load's clock started, in milliseconds since 1970
   */
  IntervalLog(Path file, long startMs) throws FileNotFoundException {
    log = new HistogramLogWriter(file.toFile());
    log.outputComment("[Times of a load in microseconds, one line a kind and interval]");
    log.outputLogFormatVersion();
    log.outputStartTime(startMs);
    log.setBaseTime(startMs);
    log.outputBaseTime(startMs);
    log.outputLegend();
  }

  /** One interval, from and to so many milliseconds after the start. */
  void write(long fromMs, long toMs, Map<String, Histogram> times) {
    times.forEach((kind, histogram) -> {
      histogram.setTag(kind);
      log.outputIntervalHistogram(fromMs / 1_000.0, toMs / 1_000.0, histogram, US_PER_MS);
    });
  }

  @Override
  public void close() {
    log.close();
  }
}
