package dev.holdfast.load;

import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Several injectors' loads as the one that they were.
 *
 * <p>Counts add up, and histograms of the same interval are added bucket by bucket: the result is
 * what one injector would have measured of all conversations. One injector alone is merged too.
 *
 * @param plan what all of them did together
 * @param brokenIn the part with the conversation that broke first; null when all held
 */
record Merge(LoadPlan plan, Measured measured, LoadResult result, @Nullable Part brokenIn) {

  static Merge of(List<Part> parts) throws IOException {
    Measured measured =
        parts.stream().map(Part::measured).reduce(Merge::sum).orElseThrow(Merge::nothing);
    LoadPlan first = parts.getFirst().plan();
    int people = parts.stream().mapToInt(p -> p.plan().share().users(p.plan().users())).sum();
    Part broken =
        parts.stream()
            .filter(p -> p.measured().firstBroken() != null)
            .min(Comparator.comparingLong(Merge::brokeAtMs))
            .orElse(null);
    LoadResult result =
        measured
            .result(first, people, totals(parts, measured), parts.size())
            .withFaults(parts.getFirst().faults());
    return new Merge(first, measured, result, broken);
  }

  private static MergeException nothing() {
    return new MergeException("nothing to merge: name the report directories of a load's parts");
  }

  private static long brokeAtMs(Part part) {
    return Objects.requireNonNull(part.measured().firstBroken()).atMs();
  }

  private static Totals totals(List<Part> parts, Measured sum) throws IOException {
    List<IntervalReader> readers = new ArrayList<>();
    try {
      for (Part part : parts) {
        readers.add(new IntervalReader(part.files().intervals()));
      }
      Totals totals = new Totals();
      for (int i = 0; i < sum.points().size(); i++) {
        totals.add(sum.points().get(i), interval(readers, i));
      }
      return totals;
    } finally {
      readers.forEach(IntervalReader::close);
    }
  }

  private static Map<String, Histogram> interval(List<IntervalReader> readers, int number) {
    Map<String, Histogram> all = new LinkedHashMap<>();
    for (IntervalReader reader : readers) {
      reader
          .interval(number)
          .forEach((kind, h) -> all.computeIfAbsent(kind, k -> Totals.empty()).add(h));
    }
    return all;
  }

  private static Measured sum(Measured a, Measured b) {
    return new Measured(
        Math.min(a.startMs(), b.startMs()),
        Math.max(a.lateMs(), b.lateMs()),
        Math.max(a.durationMs(), b.durationMs()),
        a.conversationsChecked() + b.conversationsChecked(),
        a.conversationsBroken() + b.conversationsBroken(),
        a.counts().plus(b.counts()),
        earlier(a.firstBroken(), b.firstBroken()),
        a.fault() == null ? b.fault() : a.fault(),
        points(a.points(), b.points()),
        plus(a.brokenBy(), b.brokenBy()));
  }

  private static Map<String, Long> plus(Map<String, Long> a, Map<String, Long> b) {
    Map<String, Long> sum = new LinkedHashMap<>(a);
    b.forEach((checker, n) -> sum.merge(checker, n, Long::sum));
    return sum;
  }

  private static @Nullable Broken earlier(@Nullable Broken a, @Nullable Broken b) {
    return a == null || (b != null && b.atMs() < a.atMs()) ? b : a;
  }

  /** Point by point; whoever ended earlier has nothing open any more. */
  private static List<LoadPoint> points(List<LoadPoint> a, List<LoadPoint> b) {
    List<LoadPoint> sum = new ArrayList<>();
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      LoadPoint none = new LoadPoint((i + 1) * Load.TICK_MS, 0, 0, 0, 0);
      sum.add(plus(i < a.size() ? a.get(i) : none, i < b.size() ? b.get(i) : none));
    }
    return sum;
  }

  private static LoadPoint plus(LoadPoint a, LoadPoint b) {
    return new LoadPoint(
        Math.max(a.atMs(), b.atMs()),
        a.connections() + b.connections(),
        0,
        0,
        0,
        a.queued() + b.queued(),
        a.reconnects() + b.reconnects(),
        a.failedAttempts() + b.failedAttempts());
  }
}
