package dev.holdfast.report.format.html;

import dev.holdfast.report.result.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures of a chart as rows.
 *
 * @param columns what each column holds
 * @param note how many points a row stands for; empty when it is one
 */
public record ChartTable(List<String> columns, List<Row> rows, String note) {
  private static final int MOST_ROWS = 20;

  /** One place on the chart and what its lines are there. */
  public record Row(String at, List<String> values) {}

  static ChartTable of(Chart.Axis axis, List<Chart.Line> lines) {
    List<String> columns = new ArrayList<>(List.of(axis.name()));
    lines.forEach(line -> columns.add(line.name()));
    int points = lines.stream().mapToInt(line -> line.points().size()).min().orElse(0);
    int each = Math.max(1, Math.ceilDiv(points, MOST_ROWS));
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < points; from += each) {
      int to = Math.min(points, from + each);
      double at = lines.getFirst().points().get(to - 1)[0];
      List<String> values = new ArrayList<>();
      for (Chart.Line line : lines) {
        values.add(Tally.number(highest(line.points().subList(from, to))));
      }
      rows.add(new Row(axis.words().apply(at), values));
    }
    String note =
        each == 1 ? "" : String.format(Locale.ROOT, "The highest of each %d points.", each);
    return new ChartTable(columns, rows, note);
  }

  private static double highest(List<double[]> points) {
    return points.stream().mapToDouble(p -> p[1]).max().orElse(0);
  }
}
