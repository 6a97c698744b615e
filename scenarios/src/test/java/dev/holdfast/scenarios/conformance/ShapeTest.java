package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.scenarios.conformance.Rehearsal.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where in a run of a target there is time for a connection to end. */
class ShapeTest {
  private static Shape of(Long... atMs) {
    return new Shape(List.of(atMs), 100, true, 0);
  }

  @Test
  void framesOverTimeLeaveTimeBetweenThem() {
    Shape steady = of(5L, 500L, 1_500L);
    assertFalse(steady.inOneBurst());
    assertTrue(steady.hasTimeAfter(0));
    assertTrue(steady.hasTimeAfter(2));
    assertFalse(steady.hasTimeAfter(3));
    assertEquals(1_000, steady.restAfter(2));
  }

  @Test
  void framesInOneBurstHaveTimeAheadOfThemOnly() {
    Shape burst = of(1_500L, 1_500L, 1_502L);
    assertTrue(burst.inOneBurst());
    assertTrue(burst.hasTimeAfter(0));
    assertFalse(burst.hasTimeAfter(1));
  }

  @Test
  void anAnswerAloneIsABurst() {
    assertTrue(of(1_500L).inOneBurst());
    assertTrue(of(1_500L).hasTimeAfter(0));
    assertFalse(of(20L).hasTimeAfter(0));
  }
}
