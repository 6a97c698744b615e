package dev.holdfast.report.picture;

import java.util.Locale;

/** The text of a picture while it grows. */
final class Svg {
  /** Ink on paper by day and by night; every colour has a meaning and one place. */
  private static final String STYLE =
      """
      <style>
      .hfp{--ink:#1c2733;--faint:#5d6b7a;--line:#c3ccd6;--paper:#ffffff;--fault:#d9480f;\
      --out:#0b62c4;--in:#0a7d43;--bad:#c01c28;max-width:100%;height:auto}
      @media (prefers-color-scheme:dark){.hfp{--ink:#e8edf2;--faint:#a3b0bd;--line:#46525e;\
      --paper:#12181f;--fault:#ff8a4c;--out:#6cb2ff;--in:#5fd38d;--bad:#ff7b83}}
      .hfp text{font:12px ui-sans-serif,system-ui,sans-serif;fill:var(--ink)}
      .hfp .small{font-size:11px;fill:var(--faint)}.hfp .head{font-weight:600;font-size:13px}
      .hfp .mono{font-family:ui-monospace,monospace;font-size:11px}
      .hfp .paper{fill:var(--paper)}.hfp .lane{stroke:var(--line);stroke-width:1}
      .hfp .band{fill:var(--fault);fill-opacity:.13}.hfp .bandtext{fill:var(--fault);font-size:11px}
      .hfp .out{stroke:var(--out)}.hfp .in{stroke:var(--in)}
      .hfp .lost{stroke:var(--bad);stroke-dasharray:4 3}
      .hfp .arrow{stroke-width:1.4;fill:none}.hfp .dot{fill:var(--ink)}.hfp .bad{fill:var(--bad)}
      .hfp .area{fill:var(--out);fill-opacity:.18;stroke:var(--out);stroke-width:1.2}
      .hfp .up{fill:var(--in)}.hfp .down{fill:var(--bad)}.hfp .wait{fill:var(--fault)}
      </style>
      """;

  private final StringBuilder out = new StringBuilder();
  private final double width;
  private final double height;

  Svg(double width, double height, String title) {
    this.width = width;
    this.height = height;
    add(
        "<svg class=\"hfp\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\"",
        width, height);
    add(" width=\"%.0f\" height=\"%.0f\" role=\"img\" aria-label=\"%s\">\n", width, height, title);
    out.append(STYLE);
    rect(0, 0, width, height, "paper");
  }

  double width() {
    return width;
  }

  double height() {
    return height;
  }

  Svg rect(double x, double y, double w, double h, String style) {
    return add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
        style, x, y, w, h);
  }

  Svg line(double x1, double y1, double x2, double y2, String style) {
    return add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
        style, x1, y1, x2, y2);
  }

  Svg text(double x, double y, String anchor, String style, String text) {
    return add(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
        style, x, y, anchor, text);
  }

  /** The tip of an arrow that comes from the left or from the right. */
  Svg tip(double x, double y, boolean fromLeft, String style) {
    double back = fromLeft ? -7 : 7;
    return path(
        String.format(
            Locale.ROOT, "M%.1f %.1fL%.1f %.1fL%.1f %.1f", x + back, y - 4, x, y, x + back, y + 4),
        "arrow " + style);
  }

  /** Where something was lost. */
  Svg cross(double x, double y) {
    return path(String.format(Locale.ROOT, "M%.1f %.1fl8 8m0 -8l-8 8", x - 4, y - 4), "arrow lost");
  }

  Svg path(String d, String style) {
    return add("<path class=\"%s\" d=\"%s\"/>\n", style, d);
  }

  Svg circle(double x, double y, double r, String style) {
    return add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n", style, x, y, r);
  }

  private Svg add(String format, Object... values) {
    Object[] safe = values.clone();
    for (int i = 0; i < safe.length; i++) {
      if (safe[i] instanceof String s) {
        safe[i] = escaped(s);
      }
    }
    out.append(String.format(Locale.ROOT, format, safe));
    return this;
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '&' -> safe.append("&amp;");
            case '"' -> safe.append("&quot;");
            default -> safe.appendCodePoint(Character.isISOControl(c) || bare(c) ? ' ' : c);
          }
        });
    return safe.toString();
  }

  /** Half a surrogate pair, and what XML has no place for. */
  private static boolean bare(int c) {
    return (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        || c == 0xFFFE
        || c == 0xFFFF;
  }

  String done() {
    return out + "</svg>\n";
  }
}
