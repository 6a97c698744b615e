package dev.holdfast.report.format.html;

import java.util.List;
import java.util.Locale;

/**
 * How much of a large report goes onto its page, which a browser has to open: all has to stay below
 * {@link #MOST_BYTES}. What is left out is said on the page; {@code report.json} and the evidence
 * have it.
 *
 * @param traceLines of one finding
 * @param characters of one text
 * @param pictures so many findings of a stage, the worst first, show theirs
 * @param timelines of a stage
 * @param findings of a stage, the worst first
 */
public record Thinning(int traceLines, int characters, int pictures, int timelines, int findings) {
  /** Five megabytes, with room for what stands around the findings. */
  public static final int MOST_BYTES = 4_900_000;

  /** What fits nearly always. */
  static final Thinning NONE =
      new Thinning(120, 2_000, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** From all to little; the first that fits is taken. */
  public static final List<Thinning> STEPS =
      List.of(
          NONE,
          new Thinning(40, 500, 30, 40, 2_000),
          new Thinning(12, 200, 6, 12, 600),
          new Thinning(4, 120, 0, 4, 200),
          new Thinning(0, 80, 0, 0, 50));

  /** What the page says of it; empty where nothing is left out. */
  public String said() {
    return equals(NONE)
        ? ""
        : String.format(
            Locale.ROOT,
            "To stay below 5 MB this page shows of each stage at most %,d findings, the pictures of"
                + " %d and %d timelines, and of each finding %d frames, a text cut at %d characters."
                + " report.json and the folder evidence have all.",
            findings,
            pictures,
            timelines,
            traceLines,
            characters);
  }
}
