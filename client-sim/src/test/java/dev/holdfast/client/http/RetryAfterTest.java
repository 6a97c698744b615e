package dev.holdfast.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

  @Test
  void secondsAndDatesAreRead() {
    assertEquals(0, RetryAfter.millis(null, NOW));
    assertEquals(3_000, RetryAfter.millis(" 3 ", NOW));
    assertEquals(5_000, RetryAfter.millis("Sun, 01 Mar 2026 09:00:05 GMT", NOW));
    assertEquals(0, RetryAfter.millis("Sun, 01 Mar 2026 08:00:05 GMT", NOW));
  }

  @Test
  void nonsenseIsNoDelayAndADayIsTheMost() {
    assertEquals(0, RetryAfter.millis("soon", NOW));
    assertEquals(0, RetryAfter.millis("-5", NOW));
    assertEquals(86_400_000, RetryAfter.millis("999999999", NOW));
  }
}
