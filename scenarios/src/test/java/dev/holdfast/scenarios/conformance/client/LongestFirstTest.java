package dev.holdfast.scenarios.conformance.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits longest begins first: the end of a check is not one slow case alone. */
class LongestFirstTest {
  @Test
  void theLongestWaitBeginsFirstAndTheRestKeepsItsOrder() {
    ClientCase quick = waiting("quick", 0);
    ClientCase quickToo = waiting("quick-too", 0);
    ClientCase slow = waiting("slow", 9_000);
    assertEquals(
        List.of(slow, quick, quickToo),
        ClientCheck.longestFirst(List.of(quick, quickToo, slow), Ready.NOTHING));
  }

  private static ClientCase waiting(String word, long ms) {
    return ClientCase.of("reconnect/delay-formula", word, "")
        .given("nothing", b -> b)
        .then((b, nothing) -> {})
        .waiting(p -> ms);
  }
}
