package dev.holdfast.load;

import dev.holdfast.report.budget.LatencyRecorder;
import dev.holdfast.report.result.Percentiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Times of every kind, in microseconds, interval by interval; any thread records, one ends the
 * intervals.
 */
final class Timings {
  /** All kinds, in the order in which they are shown. */
  static final List<String> KINDS =
      List.of(
          Percentiles.FIRST_FRAME,
          Percentiles.FIRST_STATUS,
          Percentiles.FIRST_TOKEN,
          Percentiles.ANSWER,
          Percentiles.ANSWER_UNCORRECTED,
          Percentiles.ANSWER_AFTER_DROP,
          Percentiles.HTTP_ANSWER,
          Percentiles.CONNECT,
          Percentiles.BACK,
          Percentiles.PING);

  private final Map<String, Recorder> recorders = new LinkedHashMap<>();
  private final Map<String, Histogram> spare = new LinkedHashMap<>();

  Timings() {
    for (String kind : KINDS) {
      recorders.put(kind, new Recorder(LatencyRecorder.HIGHEST_US, LatencyRecorder.DIGITS));
    }
  }

  void record(String kind, long nanos) {
    Recorder recorder = recorders.get(kind);
    if (recorder == null) {
      throw new IllegalArgumentException("no time is called " + kind);
    }
    recorder.recordValue(Math.min(Math.max(0, nanos) / 1_000, LatencyRecorder.HIGHEST_US));
  }

  /** Hands over what was recorded since the last call; valid until the next. */
  Map<String, Histogram> endInterval() {
    Map<String, Histogram> ended = new LinkedHashMap<>();
    recorders.forEach((kind, recorder) -> {
      @Nullable Histogram old = spare.get(kind);
      Histogram interval = recorder.getIntervalHistogram(old);
      spare.put(kind, interval);
      if (interval.getTotalCount() > 0) {
        ended.put(kind, interval);
      }
    });
    return ended;
  }
}
