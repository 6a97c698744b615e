package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/**
 * What JavaScript's {@code Date.parse} reads: the date-time string format of ECMA-262 section
 * 21.4.1.32, with any number of fraction digits as engines accept them.
 */
final class DateParse {
  private static final Pattern FORMAT =
      Pattern.compile(
          "(\\d{4}|[+-]\\d{6})-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d)?");

  private DateParse() {}

  static boolean reads(JsonNode timestamp) {
    if (!timestamp.isTextual() || !FORMAT.matcher(timestamp.textValue()).matches()) {
      return false;
    }
    try {
      return !Instant.EPOCH.equals(instant(timestamp.textValue()));
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Instant instant(String text) {
    boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
    return zoned
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(java.time.ZoneOffset.UTC);
  }
}
