package dev.holdfast.report.budget;

import dev.holdfast.report.result.BaselineRatio;
import dev.holdfast.report.result.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How a percentile of one load compares with that of an earlier one: the ratio, and an interval for
 * it.
 *
 * <p>Times of one second resemble each other, so whole seconds are drawn anew, with replacement,
 * and not single times: a block bootstrap (Künsch, Annals of Statistics 17, 1989), whose percentile
 * interval is taken (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). A
 * ratio with its interval, and not two numbers side by side, is what Kalibera and Jones ask for
 * (Rigorous Benchmarking in Reasonable Time, ISMM 2013). Two runs of one build differ by more than
 * the seconds within each: {@link #ALLOWED} and {@link #ALLOWED_MS} leave room for that.
 */
public final class QuantileRatio {
  /** Up to this ratio runs of one build may differ. */
  public static final double ALLOWED = 1.25;

  /** Differences below this are nobody's concern, whatever their ratio. */
  public static final double ALLOWED_MS = 5;

  private static final int DRAWS = 1_000;
  private static final double OUTSIDE = 0.01;

  private QuantileRatio() {}

  /**
   * Compares.
   *
   * @param before the times of each second of the earlier load, in milliseconds
   * @param now the same of this load
   * @param percent which percentile
   * @param seed of the draws: the same gives the same interval
   */
  public static BaselineRatio of(
      String name, List<double[]> before, List<double[]> now, double percent, long seed) {
    double was = quantile(joined(before, null), percent);
    double is = quantile(joined(now, null), percent);
    SplittableRandom chance = new SplittableRandom(seed);
    double[] ratios = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      double drawnBefore = quantile(joined(before, chance), percent);
      ratios[i] = quantile(joined(now, chance), percent) / Math.max(1e-3, drawnBefore);
    }
    Arrays.sort(ratios);
    double low = ratios[(int) (DRAWS * OUTSIDE / 2)];
    double high = ratios[DRAWS - 1 - (int) (DRAWS * OUTSIDE / 2)];
    boolean worse = low > ALLOWED && is - was > ALLOWED_MS;
    String note =
        String.format(
            Locale.ROOT,
            "%.1f ms, was %.1f: %.2f times, between %.2f and %.2f",
            is,
            was,
            is / Math.max(1e-3, was),
            low,
            high);
    Verdict verdict = worse ? Verdict.FAIL : Verdict.PASS;
    return new BaselineRatio(
        name, was, is, is / Math.max(1e-3, was), low, high, ALLOWED, verdict, note);
  }

  /** All times, or those of seconds drawn by chance. */
  private static double[] joined(List<double[]> seconds, @Nullable SplittableRandom chance) {
    double[][] drawn = new double[seconds.size()][];
    int size = 0;
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = seconds.get(chance == null ? i : chance.nextInt(drawn.length));
      size += drawn[i].length;
    }
    double[] all = new double[size];
    int at = 0;
    for (double[] second : drawn) {
      System.arraycopy(second, 0, all, at, second.length);
      at += second.length;
    }
    return all;
  }

  private static double quantile(double[] times, double percent) {
    if (times.length == 0) {
      return 0;
    }
    Arrays.sort(times);
    int rank = (int) Math.ceil(percent / 100 * times.length) - 1;
    return times[Math.clamp(rank, 0, times.length - 1)];
  }
}
