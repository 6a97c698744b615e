package dev.holdfast.report.picture;

import dev.holdfast.report.picture.Sequence.Arrow;
import dev.holdfast.report.picture.Sequence.Band;
import dev.holdfast.report.picture.Sequence.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Draws a sequence diagram. Time goes down, a row a moment rather than a millisecond: what is long
 * and empty takes no room. Faults are bands behind everything.
 */
public final class SequenceSvg {
  private static final double MARGIN = 74;
  private static final double LANE = 250;
  private static final double ROW = 24;

  /** What begins at one lane at one moment stands below one another, so far apart. */
  private static final double SLOT = 16;

  private static final double TOP = 66;
  private static final int MOST_ROWS = 90;

  /** So many idle frames in a row are shown; the rest of them is said in a line. */
  private static final int IDLE_SHOWN = 2;

  private static final int LABEL_CHARS = 46;

  /** Notes of the first lane stand to its left, where there is less room. */
  private static final int FIRST_CHARS = 20;

  private final Sequence sequence;
  private final List<Double> rows;
  private final List<Double> tops = new ArrayList<>();
  private final Map<String, Integer> slots = new HashMap<>();
  private final List<Arrow> arrows;
  private final int leftOut;

  private SequenceSvg(Sequence sequence) {
    this.sequence = sequence;
    arrows = busy(sequence.arrows());
    TreeSet<Double> times = new TreeSet<>();
    arrows.forEach(a -> {
      times.add(a.fromMs());
      times.add(a.toMs());
    });
    sequence.notes().forEach(n -> times.add(n.ms()));
    sequence
        .bands()
        .forEach(b -> {
          times.add(b.fromMs());
          times.add(b.toMs());
        });
    List<Double> all = List.copyOf(times);
    leftOut = Math.max(0, all.size() - MOST_ROWS);
    rows = all.subList(0, all.size() - leftOut);
    double top = TOP;
    for (double row : rows) {
      tops.add(top);
      top += ROW + SLOT * (crowd(row) - 1);
    }
    tops.add(top);
  }

  /** How much begins at the busiest lane of a moment; at least one. */
  private int crowd(double ms) {
    int[] begins = new int[sequence.lanes().size()];
    arrows.stream().filter(a -> a.fromMs() == ms).forEach(a -> begins[a.from()]++);
    sequence.notes().stream().filter(n -> n.ms() == ms).forEach(n -> begins[n.lane()]++);
    return Math.max(1, Arrays.stream(begins).max().orElse(1));
  }

  /** The next free place at a lane at a moment. */
  private double place(double ms, int lane) {
    int slot = slots.merge(ms + "@" + lane, 1, Integer::sum) - 1;
    return y(ms) + slot * SLOT;
  }

  /** The picture as the text of an SVG file. */
  public static String of(Sequence sequence) {
    return new SequenceSvg(sequence).drawn();
  }

  /** Without the pings and pongs of a long silence. */
  private static List<Arrow> busy(List<Arrow> all) {
    List<Arrow> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingDouble(Arrow::fromMs));
    List<Arrow> busy = new ArrayList<>();
    int idle = 0;
    for (Arrow arrow : sorted) {
      idle = arrow.idle() && !arrow.lost() ? idle + 1 : 0;
      if (idle <= IDLE_SHOWN) {
        busy.add(arrow);
      }
    }
    return busy;
  }

  private String drawn() {
    double width = MARGIN + LANE * sequence.lanes().size();
    double height = tops.getLast() + ROW + 44;
    Svg svg = new Svg(width, height, sequence.title());
    svg.text(14, 22, "start", "head", sequence.title());
    sequence.bands().forEach(b -> band(svg, b));
    lanes(svg);
    times(svg);
    sequence.notes().forEach(n -> note(svg, n));
    arrows.forEach(a -> arrow(svg, a));
    String more = leftOut == 0 ? "" : " (" + leftOut + " later moments left out)";
    int idle = sequence.arrows().size() - arrows.size();
    String quiet = idle == 0 ? "" : " (" + idle + " pings and pongs left out)";
    svg.text(14, height - 16, "start", "bad", cut(sequence.caption(), 130) + more + quiet);
    return svg.done();
  }

  private double x(int lane) {
    return MARGIN + LANE * (lane + 0.5);
  }

  /** The row of a moment; what comes after the last row is at its end. */
  private double y(double ms) {
    int row = 0;
    while (row < rows.size() && rows.get(row) < ms) {
      row++;
    }
    return tops.get(Math.min(row, tops.size() - 1)) + ROW * 0.7;
  }

  private boolean shown(double ms) {
    return !rows.isEmpty() && ms <= rows.getLast();
  }

  private void lanes(Svg svg) {
    for (int i = 0; i < sequence.lanes().size(); i++) {
      svg.text(x(i), TOP - 18, "middle", "head", sequence.lanes().get(i));
      svg.line(x(i), TOP - 8, x(i), svg.height() - 34, "lane");
    }
  }

  private void times(Svg svg) {
    String before = "";
    for (double ms : rows) {
      String text = time(ms);
      if (!text.equals(before)) {
        svg.text(MARGIN - 8, y(ms) + 4, "end", "small mono", text);
      }
      before = text;
    }
  }

  private static String time(double ms) {
    return ms < 10_000
        ? String.format(Locale.ROOT, "%,.0f ms", ms)
        : String.format(Locale.ROOT, "%,.1f s", ms / 1_000);
  }

  private void band(Svg svg, Band band) {
    double from = y(band.fromMs()) - ROW / 2;
    double to = Math.max(from + 16, y(band.toMs()) + 3);
    svg.rect(MARGIN, from, svg.width() - MARGIN - 8, to - from, "band");
    svg.text(svg.width() - 14, from + 12, "end", "bandtext", cut(band.label(), LABEL_CHARS));
  }

  private void arrow(Svg svg, Arrow a) {
    if (!shown(a.fromMs())) {
      return;
    }
    boolean right = a.to() > a.from();
    String style = a.lost() ? "lost" : right ? "out" : "in";
    double x1 = x(a.from()) + (right ? 3 : -3);
    double x2 = x(a.to()) + (right ? -3 : 3);
    double y1 = place(a.fromMs(), a.from());
    double y2 = Math.max(y1, y(a.toMs()));
    svg.path(String.format(Locale.ROOT, "M%.1f %.1fL%.1f %.1f", x1, y1, x2, y2), "arrow " + style);
    if (a.lost()) {
      svg.cross(x2, y2);
    } else {
      svg.tip(x2, y2, right, style);
    }
    double at = x1 + (right ? 8 : -8);
    svg.text(at, y1 - 4, right ? "start" : "end", "mono", cut(a.label(), LABEL_CHARS));
  }

  private void note(Svg svg, Note note) {
    if (shown(note.ms())) {
      double y = place(note.ms(), note.lane());
      svg.circle(x(note.lane()), y, 3, note.alarming() ? "bad" : "dot");
      boolean first = note.lane() == 0;
      svg.text(
          x(note.lane()) + (first ? -9 : 9),
          y + 4,
          first ? "end" : "start",
          note.alarming() ? "bad small" : "small",
          cut(note.text(), first ? FIRST_CHARS : LABEL_CHARS - 6));
    }
  }

  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
