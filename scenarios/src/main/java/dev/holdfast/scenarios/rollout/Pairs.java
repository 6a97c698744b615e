package dev.holdfast.scenarios.rollout;

/**
 * What is left of the answers of a control and a cohort, taken in pairs, when one asks who fared
 * worse: how often only the cohort's was bad, only the control's, both or neither.
 *
 * @param worse pairs in which only the cohort's answer was bad
 * @param both pairs in which both were
 * @param neither pairs in which neither was
 * @param better pairs in which only the control's answer was bad
 */
public record Pairs(long worse, long both, long neither, long better) {
  public static final Pairs NONE = new Pairs(0, 0, 0, 0);

  public Pairs {
    if (worse < 0 || both < 0 || neither < 0 || better < 0) {
      throw new IllegalArgumentException("pairs are counted from 0");
    }
  }

  /** With one pair more. */
  public Pairs and(boolean controlBad, boolean cohortBad) {
    if (cohortBad) {
      return controlBad
          ? new Pairs(worse, both + 1, neither, better)
          : new Pairs(worse + 1, both, neither, better);
    }
    return controlBad
        ? new Pairs(worse, both, neither, better + 1)
        : new Pairs(worse, both, neither + 1, better);
  }

  public long count() {
    return worse + both + neither + better;
  }

  /** Pairs that speak for nobody. */
  long same() {
    return both + neither;
  }

  /** The cohort's rate less the control's, as seen: from -1 to 1. */
  public double difference() {
    return count() == 0 ? 0 : (worse - better) / (double) count();
  }

  /** How often the cohort's answer was bad, as seen: from 0 to 1. */
  public double cohortRate() {
    return count() == 0 ? 0 : (worse + both) / (double) count();
  }

  /** How often the control's answer was bad, as seen: from 0 to 1. */
  public double controlRate() {
    return count() == 0 ? 0 : (better + both) / (double) count();
  }

  /** The cohort beside a control that is never bad: their difference is the cohort's own rate. */
  Pairs besideNobody() {
    return new Pairs(worse + both, 0, neither + better, 0);
  }

  /** The control alone, beside an arm that is never bad. */
  Pairs ofControl() {
    return new Pairs(better + both, 0, worse + neither, 0);
  }

  /** The same with the arms exchanged. */
  Pairs mirrored() {
    return new Pairs(/* worse= */ better, both, neither, /* better= */ worse);
  }
}
