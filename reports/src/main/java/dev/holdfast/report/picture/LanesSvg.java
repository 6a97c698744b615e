package dev.holdfast.report.picture;

import dev.holdfast.report.picture.Lanes.Lane;
import dev.holdfast.report.picture.Lanes.Point;
import dev.holdfast.report.picture.Lanes.Stretch;
import dev.holdfast.report.picture.Sequence.Band;
import java.util.List;
import java.util.Locale;

/**
 * Draws people as lanes over time, faults as bands through all of them, a dot for each attempt to
 * connect, and the queue's length and the latency below.
 */
public final class LanesSvg {
  private static final double LEFT = 110;
  private static final double RIGHT = 16;
  private static final double WIDTH = 860;
  private static final double TOP = 58;
  private static final double LANE = 26;
  private static final double CHART = 54;
  private static final double GAP = 26;

  private final Lanes lanes;
  private final double span;

  private LanesSvg(Lanes lanes) {
    this.lanes = lanes;
    span = Math.max(1, lanes.endMs());
  }

  /** The picture as the text of an SVG file. */
  public static String of(Lanes lanes) {
    return new LanesSvg(lanes).drawn();
  }

  private double x(double ms) {
    return LEFT + Math.clamp(ms / span, 0, 1) * (WIDTH - LEFT - RIGHT);
  }

  private String drawn() {
    double below = TOP + LANE * lanes.lanes().size();
    double height = below + 2 * (CHART + GAP) + 34;
    Svg svg = new Svg(WIDTH, height, lanes.title());
    svg.text(14, 22, "start", "head", lanes.title());
    legend(svg);
    for (Band band : lanes.bands()) {
      band(svg, band, height - 30);
    }
    for (int i = 0; i < lanes.lanes().size(); i++) {
      lane(svg, lanes.lanes().get(i), TOP + LANE * i);
    }
    chart(svg, "queue", lanes.queue(), true, below + GAP);
    chart(svg, "latency ms", lanes.latency(), false, below + CHART + 2 * GAP);
    axis(svg, height - 12);
    return svg.done();
  }

  private static void legend(Svg svg) {
    double x = LEFT;
    for (String[] one :
        new String[][] {{"up", "connected"}, {"wait", "on its way"}, {"down", "disconnected"}}) {
      svg.rect(x, 34, 12, 8, one[0]);
      svg.text(x + 17, 42, "start", "small", one[1]);
      x += 110;
    }
    svg.circle(x + 5, 38, 3, "dot");
    svg.text(x + 14, 42, "start", "small", "attempt to connect");
  }

  private void band(Svg svg, Band band, double bottom) {
    double from = x(band.fromMs());
    double width = Math.max(3, x(band.toMs()) - from);
    svg.rect(from, TOP - 8, width, bottom - TOP + 8, "band");
    boolean late = from > WIDTH - 160;
    svg.text(
        late ? from - 3 : from + 3,
        bottom - 2,
        late ? "end" : "start",
        "bandtext",
        band.label().replace('_', ' '));
  }

  private void lane(Svg svg, Lane lane, double y) {
    svg.text(LEFT - 10, y + 15, "end", "small", lane.name());
    for (Stretch stretch : lane.states()) {
      double width = x(stretch.toMs()) - x(stretch.fromMs());
      svg.rect(x(stretch.fromMs()), y + 6, Math.max(0.5, width), 10, style(stretch.state()));
    }
    for (double dial : lane.dials()) {
      svg.circle(x(dial), y + 11, 3, "dot");
    }
  }

  private static String style(String state) {
    return switch (state) {
      case "connected" -> "up";
      case "disconnected" -> "down";
      default -> "wait";
    };
  }

  private void chart(Svg svg, String name, List<Point> points, boolean steps, double y) {
    double top = Math.max(1, points.stream().mapToDouble(Point::value).max().orElse(1));
    svg.line(LEFT, y + CHART, WIDTH - RIGHT, y + CHART, "lane");
    svg.text(LEFT - 10, y + CHART, "end", "small", name);
    svg.text(LEFT - 10, y + 10, "end", "small mono", String.format(Locale.ROOT, "%.0f", top));
    if (points.isEmpty()) {
      svg.text(LEFT + 4, y + CHART - 6, "start", "small", "nothing measured");
      return;
    }
    StringBuilder path = new StringBuilder();
    double before = y + CHART;
    path.append(String.format(Locale.ROOT, "M%.1f %.1f", x(points.get(0).ms()), y + CHART));
    for (Point point : points) {
      double at = y + CHART - point.value() / top * CHART;
      if (steps) {
        path.append(String.format(Locale.ROOT, "L%.1f %.1f", x(point.ms()), before));
      }
      path.append(String.format(Locale.ROOT, "L%.1f %.1f", x(point.ms()), at));
      before = at;
    }
    double end = steps ? x(span) : x(points.getLast().ms());
    path.append(String.format(Locale.ROOT, "L%.1f %.1fL%.1f %.1fZ", end, before, end, y + CHART));
    svg.path(path.toString(), "area");
  }

  private void axis(Svg svg, double y) {
    for (int i = 0; i <= 4; i++) {
      double ms = span * i / 4;
      String text =
          span < 10_000
              ? String.format(Locale.ROOT, "%,.0f ms", ms)
              : String.format(Locale.ROOT, "%.1f s", ms / 1_000);
      svg.text(x(ms), y, i == 4 ? "end" : i == 0 ? "start" : "middle", "small mono", text);
    }
  }
}
