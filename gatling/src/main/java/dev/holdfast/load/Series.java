package dev.holdfast.load;

import dev.holdfast.report.budget.LatencyRecorder;
import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.Percentiles;
import java.util.ArrayList;
import java.util.List;

/** A load over time, interval by interval. */
final class Series {
  private final List<LoadPoint> points = new ArrayList<>();
  private LatencyRecorder interval = new LatencyRecorder(Percentiles.ANSWER);

  synchronized void answered(long nanos) {
    interval.recordNanos(nanos);
  }

  synchronized void tick(long atMs, int connections) {
    Percentiles seen = interval.percentiles();
    points.add(new LoadPoint(atMs, connections, seen.samples(), seen.p50Us(), seen.p99Us()));
    interval = new LatencyRecorder(Percentiles.ANSWER);
  }

  synchronized List<LoadPoint> points() {
    return List.copyOf(points);
  }
}
