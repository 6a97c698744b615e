package dev.holdfast.scenarios.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.scenarios.rollout.CohortJudge.Advice;
import dev.holdfast.scenarios.rollout.CohortJudge.Answer;
import dev.holdfast.scenarios.rollout.CohortJudge.Judgement;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Simulated cohorts: how often the judge is wrong, and how soon it is right. */
class CohortJudgeTest {
  private static final long SEED = Long.getLong("holdfast.seed", 20_261_123L);
  private static final double ALPHA = 0.05;
  private static final double MARGIN = 0.02;

  /** One simulated comparison that is looked at after every pair. */
  private static Advice first(long seed, double control, double cohort, int pairs) {
    SplittableRandom chance = new SplittableRandom(seed);
    CohortJudge judge = new CohortJudge(ALPHA, MARGIN);
    for (int i = 0; i < pairs; i++) {
      Answer before = answer(chance, control);
      Answer after = answer(chance, cohort);
      judge.control(before);
      judge.cohort(after);
      // Between two bad answers of the cohort the case against it only weakens.
      boolean mayTip = (after.failed() && !before.failed()) || (after.late() && !before.late());
      if (mayTip && judge.advice() == Advice.ROLL_BACK) {
        return Advice.ROLL_BACK;
      }
    }
    return judge.advice();
  }

  private static Answer answer(SplittableRandom chance, double rate) {
    return new Answer(chance.nextDouble() < rate, chance.nextDouble() < rate);
  }

  private static long rolledBack(int experiments, double control, double cohort, int pairs) {
    System.out.println("cohorts: seed " + SEED);
    return IntStream.range(0, experiments)
        .parallel()
        .filter(i -> first(SEED + i * 7_919L, control, cohort, pairs) == Advice.ROLL_BACK)
        .count();
  }

  /** 69 is what a fair coin of 0.05 exceeds in 1,000 throws less than once in 300 times. */
  @Test
  void atMostSixtyNineFalseAlarmsInAThousandLooksAfterEveryAnswer() {
    long alarms = rolledBack(1_000, 0.02, 0.02, 3_000);
    System.out.println("false alarms at equal rates of 2 %: " + alarms + " in 1,000");
    assertTrue(alarms <= 69, alarms + " false alarms");
  }

  @Test
  void aDoubledErrorRateIsFoundWithThePowerThatIsStated() {
    long found = rolledBack(200, 0.02, 0.04, 3_000);
    System.out.println("2 % against 4 %, 3,000 pairs: rolled back " + found + " of 200");
    assertTrue(found >= 180, "only " + found + " of 200 doubled rates were found");
  }

  @Test
  void equalCohortsAreAdvanced() {
    long advanced =
        IntStream.range(0, 50)
            .filter(i -> first(SEED + i, 0.01, 0.01, 5_000) == Advice.ADVANCE)
            .count();
    assertTrue(advanced >= 45, advanced + " of 50 advanced");
  }

  @Test
  void nothingIsKnownOfNothing() {
    Judgement none = new CohortJudge(ALPHA, MARGIN).judge();
    assertEquals(Advice.HOLD, none.advice());
    assertEquals(-1, none.failures().low(), 1e-5);
    assertEquals(1, none.failures().high(), 1e-5);
  }

  @Test
  void fewAnswersAreNotEnoughToAdvance() {
    CohortJudge judge = new CohortJudge(ALPHA, MARGIN);
    for (int i = 0; i < 20; i++) {
      judge.control(new Answer(false, false));
      judge.cohort(new Answer(false, false));
    }
    assertEquals(Advice.HOLD, judge.judge().advice());
  }

  @Test
  void lateAnswersAloneRollBack() {
    CohortJudge judge = new CohortJudge(ALPHA, MARGIN);
    for (int i = 0; i < 500; i++) {
      judge.control(Answer.of(false, 20, 100));
      judge.cohort(Answer.of(false, i % 10 == 0 ? 200 : 20, 100));
    }
    Judgement judgement = judge.judge();
    assertEquals(Advice.ROLL_BACK, judgement.advice());
    assertTrue(judgement.late().low() > 0 && judgement.failures().low() < 0, judgement::toString);
  }

  /** Both arms alike, so the difference is nothing: yet there is nothing to go on with. */
  @Test
  void aServerThatServesNobodyIsNotAdvanced() {
    CohortJudge judge = new CohortJudge(ALPHA, MARGIN);
    for (int i = 0; i < 1_000; i++) {
      judge.control(new Answer(true, true));
      judge.cohort(new Answer(true, true));
    }
    Judgement judgement = judge.judge();
    assertEquals(Advice.NO_COMPARISON, judgement.advice());
    assertEquals(1, judgement.failures().pairs().cohortRate());
    assertEquals(1, judgement.failures().pairs().controlRate());
  }

  /** A limit that nobody keeps compares nothing. */
  @Test
  void aLimitThatNobodyKeepsIsNoReasonToAdvance() {
    CohortJudge judge = new CohortJudge(ALPHA, MARGIN);
    for (int i = 0; i < 1_000; i++) {
      judge.control(Answer.of(false, 900, 500));
      judge.cohort(Answer.of(false, 900, 500));
    }
    assertEquals(Advice.NO_COMPARISON, judge.advice());
  }

  /** Where HTTP alone is broken there is no control: that a cohort is better says nothing. */
  @Test
  void aControlThatAnswersNothingIsNoControl() {
    assertEquals(Advice.NO_COMPARISON, besideControlThatFails(1).advice());
    assertEquals(Advice.NO_COMPARISON, besideControlThatFails(0.8).advice());
  }

  @Test
  void aControlThatFailsNowAndThenKeepsNoCohortBack() {
    assertEquals(Advice.ADVANCE, besideControlThatFails(0.2).advice());
  }

  private static CohortJudge besideControlThatFails(double rate) {
    SplittableRandom chance = new SplittableRandom(SEED);
    CohortJudge judge = new CohortJudge(ALPHA, MARGIN);
    for (int i = 0; i < 1_000; i++) {
      boolean failed = chance.nextDouble() < rate;
      judge.control(new Answer(failed, failed));
      judge.cohort(new Answer(false, false));
    }
    return judge;
  }

  /** The interval holds the truth at every look at once, in all but few of the runs. */
  @Test
  void theIntervalHoldsTheTruth() {
    long missed =
        IntStream.range(0, 300)
            .parallel()
            .filter(i -> {
              SplittableRandom chance = new SplittableRandom(SEED ^ i);
              Pairs pairs = Pairs.NONE;
              for (int n = 1; n <= 1_000; n++) {
                pairs = pairs.and(chance.nextDouble() < 0.05, chance.nextDouble() < 0.10);
                if (n % 50 == 0
                    && (Betting.lowerBound(pairs, 0.025) > 0.05
                        || Betting.upperBound(pairs, 0.025) < 0.05)) {
                  return true;
                }
              }
              return false;
            })
            .count();
    assertTrue(missed <= 25, missed + " of 300 intervals missed the truth");
  }

  /** Looking again and again at a test that is made for one look raises false alarms. */
  @Test
  void aTestForOneLookWouldAlarmFarTooOften() {
    long alarms =
        IntStream.range(0, 300)
            .parallel()
            .filter(i -> {
              SplittableRandom chance = new SplittableRandom(SEED + i);
              Pairs pairs = Pairs.NONE;
              for (int n = 1; n <= 3_000; n++) {
                pairs = pairs.and(chance.nextDouble() < 0.02, chance.nextDouble() < 0.02);
                double spread = Math.sqrt((double) pairs.worse() + pairs.better());
                if (n > 100 && pairs.worse() - pairs.better() > 1.645 * spread) {
                  return true;
                }
              }
              return false;
            })
            .count();
    assertTrue(alarms > 300 * 0.069, "the broken twin was not caught: " + alarms + " of 300");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new CohortJudge(0, MARGIN));
    assertThrows(IllegalArgumentException.class, () -> new CohortJudge(ALPHA, 0));
    assertThrows(IllegalArgumentException.class, () -> new Pairs(-1, 0, 0, 0));
  }
}
