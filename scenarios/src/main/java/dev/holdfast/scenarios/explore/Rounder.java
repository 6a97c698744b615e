package dev.holdfast.scenarios.explore;

import java.util.ArrayList;
import java.util.List;

/** Rounder numbers: what a person would rather read than 1,873. */
final class Rounder {
  private Rounder() {}

  /** Zero, and the number with fewer and fewer digits kept; never the number itself. */
  static List<Long> than(long number) {
    List<Long> rounder = new ArrayList<>();
    if (number == 0) {
      return rounder;
    }
    rounder.add(0L);
    long power = 1;
    while (power <= Math.abs(number) / 10) {
      power *= 10;
    }
    for (; power > 1; power /= 10) {
      long rounded = number / power * power;
      if (rounded != number && !rounder.contains(rounded)) {
        rounder.add(rounded);
      }
    }
    return rounder;
  }
}
