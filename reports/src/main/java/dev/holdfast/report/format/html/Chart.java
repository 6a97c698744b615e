package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Words;
import dev.holdfast.report.result.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A small chart, mostly over time, as SVG paths in a box of {@link #WIDTH} by {@link #HEIGHT}.
 *
 * <p>The page stretches the box, so words and numbers stand beside it and never in it.
 *
 * @param top the value at its upper edge
 * @param start what is at its left edge, in words
 * @param end what is at its right edge, in words
 * @param shade what its bands mean, in words; empty when there are none
 */
public record Chart(
    String title,
    String top,
    String middle,
    String start,
    String end,
    List<Drawn> lines,
    List<Band> bands,
    String shade) {
  public static final int WIDTH = 1_000;
  public static final int HEIGHT = 100;

  /** A stretch that is shaded, in the box's own units. */
  public record Band(double x, double width) {
    /** As a path. */
    public String path() {
      return String.format(Locale.ROOT, "M%.1f 0H%.1fV%dH%.1fZ", x, x + width, HEIGHT, x);
    }
  }

  /** The same chart with stretches shaded, each from one moment or number to another. */
  Chart shaded(String meaning, List<double[]> stretches, double width) {
    List<Band> shaded =
        stretches.stream()
            .map(s -> new Band(s[0] / width * WIDTH, (s[1] - s[0]) / width * WIDTH))
            .toList();
    return new Chart(
        title, top, middle, start, end, lines, shaded, shaded.isEmpty() ? "" : meaning);
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
    return over(title, width, "0 s", Words.duration((long) width), lines);
  }

  /** A chart over anything from 0 to {@code width}. */
  static Chart over(String title, double width, String start, String end, Line... lines) {
    double top = roundUp(Arrays.stream(lines).mapToDouble(Chart::highest).max().orElse(1));
    List<Drawn> drawn = new ArrayList<>();
    for (Line line : lines) {
      drawn.add(draw(line, width, top));
    }
    return new Chart(
        title, Tally.number(top), Tally.number(top / 2), start, end, drawn, List.of(), "");
  }

  private static Drawn draw(Line line, double end, double top) {
    StringBuilder path = new StringBuilder();
    for (double[] point : line.points()) {
      double x = point[0] / end * WIDTH;
      double y = HEIGHT - point[1] / top * HEIGHT;
      path.append(path.isEmpty() ? "M" : "L").append(String.format(Locale.ROOT, "%.1f %.1f", x, y));
    }
    double first = line.points().getFirst()[0] / end * WIDTH;
    double last = line.points().getLast()[0] / end * WIDTH;
    String area =
        String.format(Locale.ROOT, "%sL%.1f %dL%.1f %dZ", path, last, HEIGHT, first, HEIGHT);
    return new Drawn(line.name(), line.tone(), path.toString(), area, summary(line));
  }

  private static String summary(Line line) {
    double lowest = line.points().stream().mapToDouble(p -> p[1]).min().orElse(0);
    return "%s between %s and %s"
        .formatted(line.name(), Tally.number(lowest), Tally.number(highest(line)));
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
        + (shade.isEmpty() ? "" : "; shaded: " + shade);
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
