package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.report.result.Recovery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a conversation came back once nothing was wrong any more. */
public final class Recoveries {
  private static final String MS = "ms";
  private static final String MESSAGES = "messages";

  /** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom. */
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  /** The normal's; beyond the table it and the first two terms of Cornish and Fisher's series. */
  private static final double NORMAL = 1.959_964;

  private Recoveries() {}

  /** The figures of one story; none where no fault was at work. */
  static List<Recovery> of(Testimony t) {
    List<Recovery> figures = new ArrayList<>();
    if (t.faults().isEmpty()) {
      return figures;
    }
    double healed = t.healedMs();
    List<Double> answers =
        List.copyOf(firsts(t, healed, r -> r.kind() == Kind.OK && Testimony.settled(r)).values());
    if (!answers.isEmpty()) {
      figures.add(one("heal_to_first_answer", MS, mean(answers) - healed));
    }
    figures.add(one("in_doubt", MESSAGES, t.all(r -> r.kind() == Kind.INDETERMINATE).size()));
    List<Double> back =
        List.copyOf(firsts(t, healed, r -> Testimony.state(r, "connected")).values());
    if (back.size() > 1) {
      double first = back.stream().mapToDouble(d -> d).min().orElse(0);
      double last = back.stream().mapToDouble(d -> d).max().orElse(0);
      figures.add(one("reconnect_spread", MS, last - first));
    }
    return figures;
  }

  /** When each person first saw such a thing after the world was well again. */
  private static Map<String, Double> firsts(
      Testimony t, double fromMs, java.util.function.Predicate<HistoryRecord> what) {
    Map<String, Double> firsts = new TreeMap<>();
    for (HistoryRecord r : t.all(what)) {
      if (t.ms(r) >= fromMs) {
        firsts.putIfAbsent(r.process(), t.ms(r));
      }
    }
    return firsts;
  }

  private static Recovery one(String name, String unit, double value) {
    return new Recovery(name, unit, value, value, value, 1);
  }

  /** The same figures over repeats of a story, each with the 95 % interval of its mean. */
  public static List<Recovery> over(List<List<Recovery>> repeats) {
    Map<String, List<Recovery>> byName = new LinkedHashMap<>();
    repeats.forEach(figures ->
        figures.forEach(f -> byName.computeIfAbsent(f.name(), n -> new ArrayList<>()).add(f)));
    List<Recovery> merged = new ArrayList<>();
    byName.forEach((name, all) -> {
      List<Double> values = all.stream().map(Recovery::value).toList();
      double mean = mean(values);
      double half = half(values, mean);
      merged.add(
          new Recovery(name, all.get(0).unit(), mean, mean - half, mean + half, values.size()));
    });
    return merged;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(d -> d).average().orElse(0);
  }

  /** Half the width of the interval; 0 for a single value, of which nothing is known. */
  private static double half(List<Double> values, double mean) {
    int n = values.size();
    if (n < 2) {
      return 0;
    }
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return quantile(n - 1) * Math.sqrt(squares / (n - 1) / n);
  }

  static double quantile(int degrees) {
    if (degrees <= T.length) {
      return T[degrees - 1];
    }
    double cubed = Math.pow(NORMAL, 3);
    double fifth = Math.pow(NORMAL, 5);
    return NORMAL
        + (cubed + NORMAL) / (4 * degrees)
        + (5 * fifth + 16 * cubed + 3 * NORMAL) / (96.0 * degrees * degrees);
  }
}
