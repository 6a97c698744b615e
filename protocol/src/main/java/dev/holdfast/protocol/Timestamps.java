package dev.holdfast.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Writes instants as the protocol wants them: RFC 3339, UTC, milliseconds. */
public final class Timestamps {
  private static final byte[] TEMPLATE =
      "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);
  private static final int NANOS_PER_MS = 1_000_000;

  /** An instant that was written, to the millisecond. */
  private record Written(long epochMs, String text) {}

  /** Whoever writes replaces it; on a busy server many frames share a millisecond. */
  private static volatile Written last = new Written(0, write(Instant.EPOCH));

  private Timestamps() {}

  public static String format(Instant instant) {
    long epochMs = instant.toEpochMilli();
    Written known = last;
    if (known.epochMs != epochMs) {
      known = new Written(epochMs, write(instant));
      last = known;
    }
    return known.text;
  }

  /** By hand, as every frame has one: a formatter costs more than all the rest of a frame. */
  private static String write(Instant instant) {
    LocalDateTime at =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    byte[] text = TEMPLATE.clone();
    digits(text, 3, at.getYear());
    digits(text, 6, at.getMonthValue());
    digits(text, 9, at.getDayOfMonth());
    digits(text, 12, at.getHour());
    digits(text, 15, at.getMinute());
    digits(text, 18, at.getSecond());
    digits(text, 22, at.getNano() / NANOS_PER_MS);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Writes a number so that its last digit stands at {@code last}; zeros are there already. */
  private static void digits(byte[] text, int last, int number) {
    int i = last;
    for (int rest = number; rest > 0; rest /= 10) {
      text[i--] = (byte) ('0' + rest % 10);
    }
  }
}
