package dev.holdfast.cli.load;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a moment to start at, {@code 2026-01-01T12:00:00Z} or {@code +30s} from now, into
 * milliseconds since 1970.
 */
public final class StartTime implements ITypeConverter<Long> {
  private static final Duration FURTHEST = Duration.ofDays(1);

  @Override
  public Long convert(String text) {
    Instant now = Instant.now();
    Instant at = text.startsWith("+") ? now.plusMillis(ahead(text)) : instant(text);
    if (at.isBefore(now)) {
      throw new TypeConversionException("'" + text + "' is over; give the injectors time to start");
    }
    if (at.isAfter(now.plus(FURTHEST))) {
      throw new TypeConversionException("'" + text + "' is more than a day ahead");
    }
    return at.toEpochMilli();
  }

  private static long ahead(String text) {
    return new DurationText().convert(text.substring(1));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is no time; write 2026-01-01T12:00:00Z, or +30s for half a minute ahead");
    }
  }
}
