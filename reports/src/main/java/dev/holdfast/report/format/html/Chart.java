package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Words;
import dev.holdfast.report.result.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A small chart, mostly over time, as SVG paths in a box of {@link #WIDTH} by {@link #HEIGHT}.
 *
 * <p>The page stretches the box, so words and numbers stand beside it and never in it. What it
 * draws is in a table below it too, for those who do not see it and those who want the figure.
 *
 * @param top the value at its upper edge
 * @param start what is at its left edge, in words
 * @param end what is at its right edge, in words
 * @param table its figures
 * @param note what was left out; empty when nothing was
 */
public record Chart(
    String title,
    String top,
    String middle,
    String start,
    String end,
    List<Drawn> lines,
    List<Band> bands,
    ChartTable table,
    String note) {
  public static final int WIDTH = 1_000;
  public static final int HEIGHT = 100;

  /** More than two points a unit of width cannot be told apart. */
  private static final int MOST_POINTS = 1_000;

  /**
   * A stretch that is shaded, in the box's own units.
   *
   * @param tone {@code struck} for a fault, {@code shade} for what came of one
   */
  public record Band(String what, String tone, double x, double width) {
    /** As a path. */
    public String path() {
      return String.format(Locale.ROOT, "M%.1f 0H%.1fV%dH%.1fZ", x, x + width, HEIGHT, x);
    }
  }

  /** A stretch of time and what was going on. */
  record Stretch(String what, String tone, double from, double to) {}

  /** The same chart with stretches shaded; one that is too short to be seen is drawn wider. */
  Chart shaded(List<Stretch> stretches, double width) {
    List<Band> shaded =
        stretches.stream()
            .map(s ->
                new Band(
                    s.what(),
                    s.tone(),
                    s.from() / width * WIDTH,
                    Math.max(2, (s.to() - s.from()) / width * WIDTH)))
            .toList();
    return new Chart(title, top, middle, start, end, lines, shaded, table, note);
  }

  /** What is shaded, each once, for the key. */
  public List<Band> keys() {
    List<Band> keys = new ArrayList<>();
    for (Band band : bands) {
      if (keys.stream().noneMatch(k -> k.what().equals(band.what()))) {
        keys.add(band);
      }
    }
    return keys;
  }

  /** A series before it is scaled. */
  record Line(String name, String tone, List<double[]> points) {}

  /**
   * A series as it is drawn.
   *
   * @param path of the line
   * @param area the same, closed along the bottom
   * @param summary its range in words, for those who do not see it
   */
  public record Drawn(String name, String tone, String path, String area, String summary) {}

  static <T> Line line(
      String name,
      String tone,
      List<T> series,
      ToDoubleFunction<T> across,
      ToDoubleFunction<T> value) {
    List<double[]> points =
        series.stream()
            .map(p -> new double[] {across.applyAsDouble(p), value.applyAsDouble(p)})
            .toList();
    return new Line(name, tone, points);
  }

  /** A chart over time, at least so wide. */
  static Chart of(String title, long durationMs, Line... lines) {
    double end = Arrays.stream(lines).mapToDouble(Chart::lastTime).max().orElse(0);
    double width = Math.max(1, Math.max((double) durationMs, end));
    Axis time = new Axis("Until", width, "0 s", at -> Words.duration((long) at));
    return over(title, time, lines);
  }

  /**
   * What lies across.
   *
   * @param name the heading of its column
   * @param width its right end; its left is 0
   * @param words how a place on it is said
   */
  record Axis(String name, double width, String start, DoubleFunction<String> words) {}

  /** A chart over anything from 0 on. */
  static Chart over(String title, Axis axis, Line... lines) {
    double top = roundUp(Arrays.stream(lines).mapToDouble(Chart::highest).max().orElse(1));
    List<Drawn> drawn = new ArrayList<>();
    int points = 0;
    for (Line line : lines) {
      points = Math.max(points, line.points().size());
      drawn.add(draw(line, axis.width(), top));
    }
    String note =
        points <= MOST_POINTS
            ? ""
            : String.format(
                Locale.ROOT,
                "Drawn from %s points: of each stretch the lowest and the highest.",
                Words.count(points));
    return new Chart(
        title,
        Tally.number(top),
        Tally.number(top / 2),
        axis.start(),
        axis.words().apply(axis.width()),
        drawn,
        List.of(),
        ChartTable.of(axis, List.of(lines)),
        note);
  }

  /** Of a long series the lowest and the highest of each stretch, in their order. */
  static List<double[]> thinned(List<double[]> points) {
    int each = Math.ceilDiv(2 * points.size(), MOST_POINTS);
    if (points.size() <= MOST_POINTS) {
      return points;
    }
    List<double[]> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i += each) {
      List<double[]> stretch = points.subList(i, Math.min(points.size(), i + each));
      double[] low = Collections.min(stretch, Comparator.comparingDouble(p -> p[1]));
      double[] high = Collections.max(stretch, Comparator.comparingDouble(p -> p[1]));
      kept.add(low[0] <= high[0] ? low : high);
      if (low[0] != high[0]) {
        kept.add(low[0] <= high[0] ? high : low);
      }
    }
    return kept;
  }

  private static Drawn draw(Line line, double end, double top) {
    StringBuilder path = new StringBuilder();
    List<double[]> points = thinned(line.points());
    for (double[] point : points) {
      double x = point[0] / end * WIDTH;
      double y = HEIGHT - point[1] / top * HEIGHT;
      path.append(path.isEmpty() ? "M" : "L").append(String.format(Locale.ROOT, "%.1f %.1f", x, y));
    }
    double first = points.getFirst()[0] / end * WIDTH;
    double last = points.getLast()[0] / end * WIDTH;
    String area =
        String.format(Locale.ROOT, "%sL%.1f %dL%.1f %dZ", path, last, HEIGHT, first, HEIGHT);
    return new Drawn(line.name(), line.tone(), path.toString(), area, summary(line));
  }

  private static String summary(Line line) {
    double lowest = line.points().stream().mapToDouble(p -> p[1]).min().orElse(0);
    return String.format(
        Locale.ROOT,
        "%s between %s and %s",
        line.name(),
        Tally.number(lowest),
        Tally.number(highest(line)));
  }

  /** What a screen reader says in place of the picture. */
  public String description() {
    return title
        + ", from "
        + start
        + " to "
        + end
        + ": "
        + String.join("; ", lines.stream().map(Drawn::summary).toList())
        + keys().stream().map(k -> "; shaded where " + k.what()).collect(Collectors.joining());
  }

  private static double highest(Line line) {
    return line.points().stream().mapToDouble(p -> p[1]).max().orElse(0);
  }

  private static double lastTime(Line line) {
    return line.points().stream().mapToDouble(p -> p[0]).max().orElse(0);
  }

  /** The next of 1, 2, 4, 5, 8, 10 times a power of ten: half of each reads well too. */
  static double roundUp(double value) {
    if (value <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double step : new double[] {1, 2, 4, 5, 8}) {
      if (value <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
