package dev.holdfast.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
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

  private final Path file;
  private final PrintStream out;
  private final HistogramLogWriter log;

  /**
   * @param startMs when the load's clock started, in milliseconds since 1970
   */
  IntervalLog(Path file, long startMs) throws IOException {
    this.file = file;
    out = new PrintStream(new BufferedOutputStream(Files.newOutputStream(file)), false, UTF_8);
    log = new HistogramLogWriter(out);
    log.outputComment("[Times of a load in microseconds, one line a kind and interval]");
    log.outputLogFormatVersion();
    log.outputStartTime(startMs);
    log.setBaseTime(startMs);
    log.outputBaseTime(startMs);
    log.outputLegend();
    refuseIfUnwritten();
  }

  /** One interval, from and to so many milliseconds after the start. */
  void write(long fromMs, long toMs, Map<String, Histogram> times) throws IOException {
    times.forEach((kind, histogram) -> {
      histogram.setTag(kind);
      log.outputIntervalHistogram(fromMs / 1_000.0, toMs / 1_000.0, histogram, US_PER_MS);
    });
    refuseIfUnwritten();
  }

  @Override
  public void close() throws IOException {
    boolean lost = out.checkError();
    log.close();
    if (lost) {
      throw unwritten();
    }
  }

  /** A print stream keeps its troubles to itself until somebody asks; a full disk is one. */
  private void refuseIfUnwritten() throws IOException {
    if (out.checkError()) {
      throw unwritten();
    }
  }

  private IOException unwritten() {
    return new IOException(file + " cannot be written; is the disk full?");
  }
}
