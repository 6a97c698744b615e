package dev.holdfast.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** The times of a load, second by second, as its interval log holds them. */
public final class LoadSeconds {
  private LoadSeconds() {}

  /**
   * One kind of time, in milliseconds, to three significant digits; an entry for each second in
   * which there was any.
   *
   * @param folder a load's own folder or a report directory that holds one
   * @param kind as in {@link dev.holdfast.report.result.Percentiles}
   * @throws MergeException if there is no finished load in it
   */
  public static List<double[]> of(Path folder, String kind) throws IOException {
    List<double[]> seconds = new ArrayList<>();
    for (Path part : LoadMerge.partsIn(folder)) {
      try (IntervalReader reader = new IntervalReader(Part.read(part).files().intervals())) {
        for (int i = 0; !reader.ended(); i++) {
          Map<String, Histogram> times = reader.interval(i);
          Histogram second = times.get(kind);
          if (second != null && second.getTotalCount() > 0) {
            seconds.add(times(second));
          }
        }
      }
    }
    return seconds;
  }

  private static double[] times(Histogram second) {
    double[] times = new double[(int) second.getTotalCount()];
    int at = 0;
    for (HistogramIterationValue value : second.recordedValues()) {
      for (long i = 0; i < value.getCountAddedInThisIterationStep(); i++) {
        times[at++] = value.getValueIteratedTo() / 1_000.0;
      }
    }
    return times;
  }
}
