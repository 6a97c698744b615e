package dev.holdfast.report.format;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and counts as people read them; the same in every format. */
public final class Words {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  /** {@code 12,345}. */
  public static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** {@code 1 failure}, {@code 2 failures}. */
  public static String count(long n, String noun) {
    return count(n) + " " + noun + (n == 1 ? "" : "s");
  }

  /** {@code 340 ms}, {@code 1.24 s}, {@code 2 min 5 s}. */
  public static String duration(long ms) {
    if (ms < 1_000) {
      return ms + " ms";
    }
    if (ms < 60_000) {
      return String.format(Locale.ROOT, ms < 10_000 ? "%.2f s" : "%.1f s", ms / 1_000.0);
    }
    return ms / 60_000 + " min " + ms / 1_000 % 60 + " s";
  }

  public static String duration(Duration duration) {
    return duration(duration.toMillis());
  }

  /** Microseconds as milliseconds with about three significant digits and no unit. */
  public static String millis(long us) {
    double ms = us / 1_000.0;
    String pattern = ms < 10 ? "%.2f" : ms < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, pattern, ms);
  }

  /** {@code 2026-02-03 16:05:09 UTC}. */
  public static String time(Instant instant) {
    return MINUTE.format(instant);
  }

  /** {@code first_frame} as {@code first frame}. */
  public static String spaced(String name) {
    return name.replace('_', ' ');
  }
}
