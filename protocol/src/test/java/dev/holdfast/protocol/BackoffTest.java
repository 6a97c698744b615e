package dev.holdfast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static Tick tick(long entropy) {
    return new Tick(0, Instant.EPOCH, entropy);
  }

  @Test
  void doublesUpToItsCap() {
    assertEquals(
        List.of(
            1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L, 30_000L, 30_000L),
        IntStream.rangeClosed(1, 10).mapToObj(Backoff.STANDARD::leastMs).toList());
  }

  @Test
  void jitterIsUniformFromNothingToItsWidth() {
    var small = new Backoff(10, 10, 3, 1);
    int[] seen = new int[4];
    for (long entropy = 0; entropy < 40_000; entropy++) {
      seen[(int) (small.delayMs(1, 0, tick(entropy)) - 10)]++;
    }
    for (int count : seen) {
      assertTrue(count > 9_500 && count < 10_500, "about a quarter each, but " + count);
    }
  }

  @Test
  void whatTheServerAsksForIsAFloor() {
    assertEquals(90_000, Backoff.STANDARD.delayMs(1, 90_000, tick(1)));
    assertTrue(Backoff.STANDARD.delayMs(10, 5, tick(1)) >= 30_000);
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    assertFalse(Backoff.STANDARD.exhausted(10));
    assertTrue(Backoff.STANDARD.exhausted(11));
  }

  @Test
  void hugeAttemptsAndCapsDoNotOverflow() {
    var huge = new Backoff(Long.MAX_VALUE / 4, Long.MAX_VALUE / 2, 0, 1_000_000);
    for (int attempt = 1; attempt < 1_000; attempt++) {
      assertTrue(huge.leastMs(attempt) > 0);
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new Backoff(0, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(2, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(1, 1, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(1, 1, 0, 0));
  }
}
