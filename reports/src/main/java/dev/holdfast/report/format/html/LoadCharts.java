package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Visible;
import dev.holdfast.report.format.Words;
import dev.holdfast.report.result.LoadFault;
import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.LoadSpread;
import dev.holdfast.report.result.LoadStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** What is drawn of one load; a chart that would show nothing is left out. */
final class LoadCharts {
  private LoadCharts() {}

  static List<Chart> of(LoadResult load) {
    List<Chart> charts = new ArrayList<>();
    knee(load.steps(), charts);
    overTime(load, charts);
    spread(load.spread(), charts);
    return charts;
  }

  /** Latency over the number of people: where it turns upwards is the knee. */
  private static void knee(List<LoadStep> steps, List<Chart> charts) {
    if (steps.size() < 2) {
      return;
    }
    List<LoadStep> sorted =
        steps.stream().sorted(Comparator.comparingInt(LoadStep::people)).toList();
    int most = sorted.getLast().people();
    charts.add(
        Chart.over(
                "Time to the first frame by people, ms",
                new Chart.Axis("People", most, "0", LoadCharts::people),
                Chart.line(
                    "slowest 1 %",
                    "p99", sorted, LoadStep::people, s -> s.firstFrameP99Us() / 1_000.0),
                Chart.line(
                    "median", "p50", sorted, LoadStep::people, s -> s.firstFrameP50Us() / 1_000.0))
            .shaded(limit(sorted), most));
  }

  /**
   * Where the limit lies: from the most people who held, nobody at least, to the fewest who did
   * not.
   */
  private static List<Chart.Stretch> limit(List<LoadStep> sorted) {
    int held = sorted.stream().filter(LoadStep::held).mapToInt(LoadStep::people).max().orElse(0);
    OptionalInt broke = sorted.stream().filter(s -> !s.held()).mapToInt(LoadStep::people).min();
    if (broke.isEmpty()) {
      return List.of();
    }
    int many = broke.getAsInt();
    String what =
        String.format(Locale.ROOT, "the limit lies: %,d people hold, %,d do not", held, many);
    return List.of(new Chart.Stretch(what, "shade", Math.min(held, many), many));
  }

  private static String people(double n) {
    return Words.count((long) n, "person").replace("persons", "people");
  }

  private static void overTime(LoadResult load, List<Chart> charts) {
    List<LoadPoint> series = load.series();
    if (series.size() < 2) {
      return;
    }
    List<LoadPoint> begun = series.stream().filter(p -> p.firstFrameP99Us() > 0).toList();
    if (begun.size() >= 2) {
      charts.add(
          Chart.of(
                  "Time to the first frame, ms",
                  load.durationMs(),
                  Chart.line(
                      "slowest 1 %",
                      "p99", begun, LoadPoint::atMs, p -> p.firstFrameP99Us() / 1_000.0),
                  Chart.line(
                      "median", "p50", begun, LoadPoint::atMs, p -> p.firstFrameP50Us() / 1_000.0))
              .shaded(disturbed(load), width(load)));
    }
    List<LoadPoint> answered = series.stream().filter(p -> p.answers() > 0).toList();
    if (answered.size() >= 2) {
      charts.add(
          Chart.of(
                  "Time to an answer, ms",
                  load.durationMs(),
                  Chart.line(
                      "slowest 1 %",
                      "p99", answered, LoadPoint::atMs, p -> p.answerP99Us() / 1_000.0),
                  Chart.line(
                      "median", "p50", answered, LoadPoint::atMs, p -> p.answerP50Us() / 1_000.0))
              .shaded(disturbed(load), width(load)));
    }
    charts.add(
        Chart.of(
                "Open connections",
                load.durationMs(),
                Chart.line(
                    "connections", "connections", series, LoadPoint::atMs, LoadPoint::connections))
            .shaded(disturbed(load), width(load)));
    if (load.queuedMost() > 0) {
      charts.add(
          Chart.of(
              "Messages queued in clients",
              load.durationMs(),
              Chart.line("queued", "connections", series, LoadPoint::atMs, LoadPoint::queued)));
    }
    if (load.reconnects() + load.failedAttempts() > 0) {
      charts.add(
          Chart.of(
              "Reconnects and failed attempts a second",
              load.durationMs(),
              Chart.line("failed", "p99", series, LoadPoint::atMs, LoadPoint::failedAttempts),
              Chart.line("reconnects", "p50", series, LoadPoint::atMs, LoadPoint::reconnects)));
    }
  }

  /** When a fault was at work, and the seconds in which somebody came back or tried to. */
  private static List<Chart.Stretch> disturbed(LoadResult load) {
    List<Chart.Stretch> stretches = new ArrayList<>();
    long before = 0;
    for (LoadPoint p : load.series()) {
      if (p.reconnects() + p.failedAttempts() > 0) {
        stretches.add(new Chart.Stretch("clients reconnected", "shade", before, p.atMs()));
      }
      before = p.atMs();
    }
    for (LoadFault fault : load.faults()) {
      stretches.add(
          new Chart.Stretch(Visible.of(fault.what()), "struck", fault.fromMs(), fault.toMs()));
    }
    return stretches;
  }

  /** As {@link Chart#of} takes it. */
  private static double width(LoadResult load) {
    return Math.max(load.durationMs(), load.series().getLast().atMs());
  }

  private static void spread(List<LoadSpread> spread, List<Chart> charts) {
    if (spread.size() >= 2) {
      charts.add(
          Chart.of(
              "Connections back, by time since each was lost",
              spread.getLast().afterMs(),
              Chart.line("back", "connections", spread, LoadSpread::afterMs, LoadSpread::back)));
    }
  }
}
