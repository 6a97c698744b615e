package dev.holdfast.client.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads the header Retry-After: seconds or a date. */
public final class RetryAfter {
  /** A server that asks for more than a day asks us to go away. */
  private static final long MAX_MS = Duration.ofDays(1).toMillis();

  private RetryAfter() {}

  /** Milliseconds from now; 0 when there is no header or it cannot be read. */
  public static long millis(@Nullable String header) {
    return millis(header, Instant.now());
  }

  static long millis(@Nullable String header, Instant now) {
    if (header == null) {
      return 0;
    }
    String value = header.trim();
    return Math.clamp(
        value.matches("\\d{1,9}") ? Long.parseLong(value) * 1_000 : untilDate(value, now),
        0,
        MAX_MS);
  }

  private static long untilDate(String value, Instant now) {
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(now, then).toMillis();
    } catch (DateTimeException e) {
      return 0;
    }
  }
}
