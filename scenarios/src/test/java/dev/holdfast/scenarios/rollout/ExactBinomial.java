package dev.holdfast.scenarios.rollout;

import java.math.BigDecimal;
import java.math.MathContext;

/** Tails of the binomial distribution, slowly and exactly. */
final class ExactBinomial {
  private static final MathContext DIGITS = new MathContext(60);

  private ExactBinomial() {}

  /** The chance of fewer than this many. */
  static double below(int users, double share, int count) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < count; i++) {
      sum = sum.add(of(users, share, i));
    }
    return sum.doubleValue();
  }

  /** The chance of more than this many. */
  static double above(int users, double share, int count) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = count + 1; i <= users; i++) {
      sum = sum.add(of(users, share, i));
    }
    return sum.doubleValue();
  }

  private static BigDecimal of(int users, double share, int count) {
    BigDecimal in = BigDecimal.valueOf(share);
    BigDecimal ways = BigDecimal.ONE;
    for (int i = 1; i <= count; i++) {
      ways = ways.multiply(BigDecimal.valueOf(users - count + i), DIGITS);
      ways = ways.divide(BigDecimal.valueOf(i), DIGITS);
    }
    return ways.multiply(in.pow(count, DIGITS), DIGITS)
        .multiply(BigDecimal.ONE.subtract(in).pow(users - count, DIGITS), DIGITS);
  }
}
