package dev.holdfast.load;

import dev.holdfast.report.budget.LatencyRecorder;
import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadSpread;
import dev.holdfast.report.result.Percentiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A load over time and in all: the sum of its intervals. One injector's and a merged one's are made
 * by the same sums, so that they cannot differ by more than a histogram's precision.
 */
final class Totals {
  private static final long SPREAD_STEP_MS = 250;
  private static final int MOST_SPREAD_STEPS = 4_800;

  private final Map<String, Histogram> all = new LinkedHashMap<>();
  private final List<LoadPoint> points = new ArrayList<>();

  Totals() {
    Timings.KINDS.forEach(kind -> all.put(kind, empty()));
  }

  static Histogram empty() {
    return new Histogram(LatencyRecorder.HIGHEST_US, LatencyRecorder.DIGITS);
  }

  /**
   * Adds one interval.
   *
   * @param counted its point, but for the answers, which are taken from the times
   */
  void add(LoadPoint counted, Map<String, Histogram> times) {
    times.forEach((kind, histogram) -> all.computeIfAbsent(kind, k -> empty()).add(histogram));
    Histogram answers = times.getOrDefault(Percentiles.ANSWER, empty());
    Histogram firsts = times.getOrDefault(Percentiles.FIRST_FRAME, empty());
    Percentiles first = LatencyRecorder.percentiles(Percentiles.FIRST_FRAME, firsts);
    Percentiles seen = LatencyRecorder.percentiles(Percentiles.ANSWER, answers);
    points.add(
        new LoadPoint(
            counted.atMs(),
            counted.connections(),
            seen.samples(),
            seen.p50Us(),
            seen.p99Us(),
            counted.queued(),
            counted.reconnects(),
            counted.failedAttempts(),
            first.p50Us(),
            first.p99Us()));
  }

  List<LoadPoint> points() {
    return List.copyOf(points);
  }

  List<Percentiles> latencies() {
    return all.entrySet().stream()
        .map(e -> LatencyRecorder.percentiles(e.getKey(), e.getValue()))
        .toList();
  }

  /** How many were back so long after their loss, every quarter of a second to the last. */
  List<LoadSpread> spread() {
    Histogram back = all.getOrDefault(Percentiles.BACK, empty());
    List<LoadSpread> spread = new ArrayList<>();
    long total = back.getTotalCount();
    for (int i = 0; total > 0 && i <= MOST_SPREAD_STEPS; i++) {
      long afterMs = i * SPREAD_STEP_MS;
      long by = back.getCountBetweenValues(0, afterMs * 1_000);
      spread.add(new LoadSpread(afterMs, by));
      if (by == total) {
        break;
      }
    }
    return spread;
  }
}
