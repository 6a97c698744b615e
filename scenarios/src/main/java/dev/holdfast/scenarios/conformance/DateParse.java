package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What JavaScript's {@code Date.parse} reads: the date-time string format of ECMA-262 section
 * 21.4.1.32, with any number of fraction digits as engines accept them.
 */
public final class DateParse {
  private static final String MINUTE = "(\\d{4}|[+-]\\d{6})-\\d\\d-\\d\\dT\\d\\d:\\d\\d";
  private static final String SECOND = "(:[0-5]\\d(\\.\\d+)?)?";
  private static final String ZONE = "(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)?";
  private static final Pattern FORMAT =
      Pattern.compile("(?<minute>" + MINUTE + ")" + SECOND + ZONE);

  private DateParse() {}

  public static boolean reads(JsonNode timestamp) {
    Matcher matcher = FORMAT.matcher(timestamp.asText());
    return timestamp.isTextual() && matcher.matches() && exists(matcher.group("minute"));
  }

  /** Milliseconds since 1970, for a timestamp that is RFC 3339; 0 for any other. */
  public static long millis(JsonNode timestamp) {
    try {
      return java.time.OffsetDateTime.parse(timestamp.asText()).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      return 0;
    }
  }

  private static boolean exists(String minute) {
    try {
      var unused = LocalDateTime.parse(minute);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
