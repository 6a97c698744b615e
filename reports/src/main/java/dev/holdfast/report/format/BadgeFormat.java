package dev.holdfast.report.format;

import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * The verdict as a small picture for a project's first page, {@code badge.svg}.
 *
 * <p>Widths are those of Verdana at 11 px, near enough for any sans-serif; {@code textLength} makes
 * them exact.
 */
public final class BadgeFormat implements Format {
  private static final int PADDING = 7;
  private static final double LETTER = 6.4;

  @Override
  public String fileName() {
    return "badge.svg";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    Verdict verdict = report.outcome().verdict();
    String word = (report.isPartial() ? "partial, " : "") + verdict.label();
    int left = width("holdfast");
    int right = width(word);
    out.write(
        String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="holdfast: %2$s">
              <title>holdfast: %2$s</title>
              <clipPath id="r"><rect width="%1$d" height="20" rx="4"/></clipPath>
              <g clip-path="url(#r)">
                <rect width="%3$d" height="20" fill="#3b414d"/>
                <rect x="%3$d" width="%4$d" height="20" fill="%5$s"/>
              </g>
              <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
                <text x="%6$.1f" y="14" textLength="%7$d">holdfast</text>
                <text x="%8$.1f" y="14" textLength="%9$d">%2$s</text>
              </g>
            </svg>
            """,
            left + right,
            word,
            left,
            right,
            colour(verdict),
            left / 2.0,
            left - 2 * PADDING,
            left + right / 2.0,
            right - 2 * PADDING));
  }

  private static int width(String text) {
    return (int) Math.round(text.length() * LETTER) + 2 * PADDING;
  }

  private static String colour(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "#1b7a43";
      case FAIL -> "#c0282d";
      case WARN -> "#8f5d00";
      case INCONCLUSIVE, HARNESS_ERROR -> "#5a4fc4";
      case NOT_APPLICABLE -> "#5f6773";
    };
  }
}
