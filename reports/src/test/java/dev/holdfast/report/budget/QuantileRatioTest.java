package dev.holdfast.report.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.result.BaselineRatio;
import dev.holdfast.report.result.Verdict;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileRatioTest {
  private static final int SECONDS = 12;
  private static final int EACH = 100;

  /** Times around 20 ms; each second has its own mood, as real ones do. */
  private static List<double[]> load(long seed, double slower) {
    SplittableRandom chance = new SplittableRandom(seed);
    return IntStream.range(0, SECONDS)
        .mapToObj(second -> {
          double mood = 0.8 + 0.4 * chance.nextDouble();
          return IntStream.range(0, EACH)
              .mapToDouble(i -> slower * mood * (10 - 12 * Math.log(1 - chance.nextDouble())))
              .toArray();
        })
        .toList();
  }

  @Test
  void theSameLoadTwiceDiffersInNothing() {
    BaselineRatio ratio = QuantileRatio.of("p95", load(1, 1), load(1, 1), 95, 7);

    assertEquals(1.0, ratio.ratio());
    assertTrue(ratio.low() <= 1 && ratio.high() >= 1, ratio::note);
    assertEquals(Verdict.PASS, ratio.verdict());
  }

  @Test
  void twiceAsSlowFails() {
    for (long seed = 1; seed <= 10; seed++) {
      BaselineRatio ratio = QuantileRatio.of("p95", load(seed, 1), load(seed + 99, 2), 95, seed);
      assertEquals(Verdict.FAIL, ratio.verdict(), ratio::note);
    }
  }

  @Test
  void noiseAloneDoesNotFail() {
    long failed =
        IntStream.range(0, 40)
            .filter(i ->
                QuantileRatio.of("p95", load(i, 1), load(i + 1_000, 1), 95, i).verdict()
                    == Verdict.FAIL)
            .count();
    assertEquals(0, failed);
  }

  @Test
  void aFewMillisecondsAreNobodysConcern() {
    List<double[]> fast = load(1, 0.02);
    List<double[]> slower = load(2, 0.06);
    assertEquals(Verdict.PASS, QuantileRatio.of("p50", fast, slower, 50, 1).verdict());
  }

  @Test
  void theSameSeedDrawsTheSameInterval() {
    assertEquals(
        QuantileRatio.of("p50", load(1, 1), load(2, 1), 50, 3),
        QuantileRatio.of("p50", load(1, 1), load(2, 1), 50, 3));
  }
}
