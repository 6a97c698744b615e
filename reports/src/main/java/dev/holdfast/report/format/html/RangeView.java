package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Status;
import dev.holdfast.report.format.Words;
import dev.holdfast.report.result.BaselineRatio;
import dev.holdfast.report.result.RateDifference;
import dev.holdfast.report.result.RolloutShare;
import dev.holdfast.report.result.Tally;
import java.util.Locale;

/**
 * A value within an interval, as a row of a table and a small picture; places in percent.
 *
 * @param name what it is
 * @param value in words
 * @param interval in words
 * @param low where the interval begins
 * @param high where it ends
 * @param at where the value is
 * @param mark where the line is that matters: no difference, the limit; below 0 for none
 */
public record RangeView(
    String name,
    String value,
    String interval,
    Status status,
    double low,
    double high,
    double at,
    double mark) {
  private static final double WIDE = 1.15;

  static RangeView of(RolloutShare s) {
    boolean fair = s.low() <= s.in() && s.in() <= s.high();
    double half = Math.max(1, (s.high() - s.low()) / 2.0);
    double middle = (s.low() + s.high()) / 2.0;
    double scale = 30 / half;
    return new RangeView(
        Tally.number(s.percent()) + " %",
        Words.count(s.in()),
        s.low() == s.high()
            ? "exactly " + Words.count(s.low())
            : Words.count(s.low()) + " to " + Words.count(s.high()),
        fair ? Status.PASS : Status.FAIL,
        50 + (s.low() - middle) * scale,
        50 + (s.high() - middle) * scale,
        Math.clamp(50 + (s.in() - middle) * scale, 0, 100),
        -1);
  }

  static RangeView of(RateDifference d) {
    double most = Math.max(d.margin(), Math.max(Math.abs(d.low()), Math.abs(d.high()))) * WIDE;
    Status status =
        d.low() > 0 ? Status.FAIL : d.high() <= d.margin() ? Status.PASS : Status.INCONCLUSIVE;
    return new RangeView(
        d.what() + " more often",
        points(d.seen()),
        points(d.low()) + " to " + points(d.high()),
        status,
        place(d.low(), -most, most),
        place(d.high(), -most, most),
        place(d.seen(), -most, most),
        50);
  }

  static RangeView of(BaselineRatio b) {
    double least = Math.min(0.5, b.low());
    double most = Math.max(b.allowed() * WIDE, b.high());
    return new RangeView(
        b.name(),
        Tally.number(b.before()) + " → " + Tally.number(b.now()),
        String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", b.ratio(), b.low(), b.high()),
        Status.of(b.verdict()),
        place(b.low(), least, most),
        place(b.high(), least, most),
        place(b.ratio(), least, most),
        place(1, least, most));
  }

  private static double place(double value, double least, double most) {
    return Math.clamp((value - least) / Math.max(1e-9, most - least) * 100, 0, 100);
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%+.2f points", share * 100);
  }

  public String tone() {
    return FindingView.tone(status);
  }

  /** The interval for the style sheet. */
  public String span() {
    return String.format(Locale.ROOT, "left:%.1f%%;width:%.1f%%", low, Math.max(0.5, high - low));
  }

  /** The value for the style sheet. */
  public String point() {
    return String.format(Locale.ROOT, "left:%.1f%%", at);
  }

  public boolean hasMark() {
    return mark >= 0;
  }

  /** The line that matters, for the style sheet. */
  public String line() {
    return String.format(Locale.ROOT, "left:%.1f%%", mark);
  }
}
