package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixTest {
  private static final Mix USUAL = Mix.parse("talk=60,stream=15,idle=10,drop=10,poll=5");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 10, 33, 100, 1_000, 99_999})
  void everybodyIsSomebody(int users) {
    assertEquals(users, USUAL.of(users).values().stream().mapToInt(n -> n).sum());
  }

  @Test
  void sharesAreKept() {
    assertEquals(
        Map.of(
            Persona.TALK,
            60,
            Persona.STREAM,
            15,
            Persona.IDLE,
            10,
            Persona.DROP,
            10,
            Persona.POLL,
            5),
        USUAL.of(100));
    assertEquals(USUAL, Mix.parse(USUAL.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "talk", "talk=", "walk=3", "talk=-1", "talk=0", "talk=1,,idle=2"})
  void nonsenseIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Mix.parse(text));
  }

  @Test
  void theSharesOfAllInjectorsAddUp() {
    for (int of = 1; of <= 7; of++) {
      int injectors = of;
      int sum = IntStream.range(0, of).map(i -> new Share(i, injectors, 0).users(100)).sum();
      assertEquals(100, sum);
    }
    assertThrows(IllegalArgumentException.class, () -> new Share(3, 3, 0));
  }
}
