package dev.holdfast.protocol;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Writes instants as the protocol wants them: RFC 3339, UTC, milliseconds. */
public final class Timestamps {
  private static final int LENGTH = 24;
  private static final int NANOS_PER_MS = 1_000_000;

  private Timestamps() {}

  /** By hand, as every frame has one: a formatter costs more than all the rest of a frame. */
  public static String format(Instant instant) {
    var at =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(LENGTH);
    digits(text, at.getYear(), 4).append('-');
    digits(text, at.getMonthValue(), 2).append('-');
    digits(text, at.getDayOfMonth(), 2).append('T');
    digits(text, at.getHour(), 2).append(':');
    digits(text, at.getMinute(), 2).append(':');
    digits(text, at.getSecond(), 2).append('.');
    return digits(text, at.getNano() / NANOS_PER_MS, 3).append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder text, int number, int width) {
    int scale = 1;
    for (int i = 1; i < width; i++) {
      scale *= 10;
    }
    for (int rest = number; scale > 0; scale /= 10) {
      text.append((char) ('0' + rest / scale % 10));
    }
    return text;
  }
}
