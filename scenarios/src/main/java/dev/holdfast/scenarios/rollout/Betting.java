package dev.holdfast.scenarios.rollout;

/**
 * A test of the mean of paired differences that may be looked at as often as one likes.
 *
 * <p>It is a game of chance against the claim that the cohort's rate exceeds the control's by at
 * most <var>d</var>: a capital of 1 is spread over bets of fixed size that the next pair lies above
 * <var>d</var>. If the claim is true no way of betting is expected to win, so the capital is a
 * supermartingale, and by Ville's inequality it ever reaches 1/α with a chance of at most α,
 * however often one looks and whenever one stops. Capital won is evidence against the claim.
 *
 * <p>Source: I. Waudby-Smith, A. Ramdas, "Estimating means of bounded random variables by betting",
 * Journal of the Royal Statistical Society B 86 (2024), 1–27, doi:10.1093/jrsssb/qkad009. A mixture
 * of constant bets is their remedy against not knowing how large an effect to bet on; since a
 * difference is -1, 0 or 1, the capital depends on nothing but how often each came.
 */
final class Betting {
  /** Each bet is this part of the one before it; the largest stakes nearly all. */
  private static final double STEP = 0.7;

  private static final double LARGEST = 0.95;
  private static final int BETS = 20;

  private Betting() {}

  /**
   * The logarithm of what betting against "the difference is at most this" has made of 1.
   *
   * @param claim from above -1 to 1
   */
  static double logCapital(Pairs pairs, double claim) {
    double lowest = -1 - claim; // The worst that a pair can lie below the claim.
    double[] logs = new double[BETS];
    double stake = LARGEST / -lowest;
    for (int i = 0; i < BETS; i++, stake *= STEP) {
      logs[i] =
          pairs.worse() * Math.log1p(stake * (1 - claim))
              + pairs.same() * Math.log1p(stake * (0 - claim))
              + pairs.better() * Math.log1p(stake * lowest);
    }
    return logOfMean(logs);
  }

  private static double logOfMean(double[] logs) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      largest = Math.max(largest, log);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - largest);
    }
    return largest + Math.log(sum / logs.length);
  }

  /**
   * The largest difference that the pairs speak against at this chance of error: the true one lies
   * above it, at every look at once, but for that chance.
   */
  static double lowerBound(Pairs pairs, double alpha) {
    double threshold = Math.log(1 / alpha);
    double refuted = -1;
    double open = 1;
    // Capital falls as the claim grows, so the claims refuted are all on one side.
    while (open - refuted > 1e-6) {
      double middle = (refuted + open) / 2;
      if (logCapital(pairs, middle) >= threshold) {
        refuted = middle;
      } else {
        open = middle;
      }
    }
    return refuted;
  }

  /** As {@link #lowerBound}, from above. */
  static double upperBound(Pairs pairs, double alpha) {
    return -lowerBound(pairs.mirrored(), alpha);
  }
}
