package dev.holdfast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TimestampsTest {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void writesMillisecondsInUtc() {
    assertEquals(
        "2026-03-01T09:00:00.007Z",
        Timestamps.format(Instant.parse("2026-03-01T09:00:00.007999Z")));
  }

  @Test
  void agreesWithTheFormatterOfTheJdk() {
    var chance = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      Instant at =
          Instant.ofEpochSecond(
              chance.nextLong(0, 253_402_300_800L), chance.nextInt(1_000_000_000));
      assertEquals(FORMAT.format(at), Timestamps.format(at));
    }
  }
}
