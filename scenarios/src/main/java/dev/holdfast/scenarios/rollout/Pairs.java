package dev.holdfast.scenarios.rollout;

/**
 * What is left of the answers of a control and a cohort, taken in pairs, when one asks who fared
 * worse: how often only the cohort's was bad, only the control's, or neither or both.
 *
 * @param worse pairs in which only the cohort's answer was bad
 * @param same pairs in which both were, or neither
 * @param better pairs in which only the control's answer was bad
 */
public record Pairs(long worse, long same, long better) {
  public static final Pairs NONE = new Pairs(0, 0, 0);

  public Pairs {
    if (worse < 0 || same < 0 || better < 0) {
      throw new IllegalArgumentException("pairs are counted from 0");
    }
  }

  /** With one pair more. */
  public Pairs and(boolean controlBad, boolean cohortBad) {
    if (controlBad == cohortBad) {
      return new Pairs(worse, same + 1, better);
    }
    return cohortBad ? new Pairs(worse + 1, same, better) : new Pairs(worse, same, better + 1);
  }

  public long count() {
    return worse + same + better;
  }

  /** The cohort's rate less the control's, as seen: from -1 to 1. */
  public double difference() {
    return count() == 0 ? 0 : (worse - better) / (double) count();
  }

  /** The same with the arms exchanged. */
  Pairs mirrored() {
    return new Pairs(/* worse= */ better, same, /* better= */ worse);
  }
}
