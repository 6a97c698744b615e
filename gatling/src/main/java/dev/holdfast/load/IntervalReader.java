package dev.holdfast.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.jspecify.annotations.Nullable;

/** Reads an {@link IntervalLog} from its beginning to its end, interval by interval. */
final class IntervalReader implements Closeable {
  private final HistogramLogReader log;
  private @Nullable Histogram ahead;

  IntervalReader(Path file) throws IOException {
    log = new HistogramLogReader(file.toFile());
    ahead = next();
  }

  private @Nullable Histogram next() {
    EncodableHistogram read = log.nextIntervalHistogram();
    return read instanceof Histogram histogram ? histogram : null;
  }

  /** The times of the interval of that number; numbers only grow from call to call. */
  Map<String, Histogram> interval(int number) {
    Map<String, Histogram> times = new LinkedHashMap<>();
    Histogram line = ahead;
    while (line != null && numberOf(line) <= number) {
      String kind = line.getTag();
      if (kind != null) {
        times.put(kind, line);
      }
      ahead = next();
      line = ahead;
    }
    return times;
  }

  /** Whether nothing is left. */
  boolean ended() {
    return ahead == null;
  }

  private int numberOf(Histogram line) {
    double ms = line.getStartTimeStamp() - log.getStartTimeSec() * 1_000;
    return (int) Math.round(ms / Load.TICK_MS);
  }

  @Override
  public void close() {
    log.close();
  }
}
