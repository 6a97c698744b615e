package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import java.util.Locale;

/**
 * A situation that must have arisen before a case judges anything.
 *
 * @param sentence what must have happened, for people
 * @param <B> the bench that the case is played on
 * @param <P> what describes the situation
 */
public record Situation<B, P>(String sentence, Premise<B, P> premise) {
  /**
   * Brings a situation about and proves it; what it returns is what the judgement looks at.
   *
   * @param <P> what describes the situation
   */
  @FunctionalInterface
  public interface Premise<B, P> {
    /**
     * Brings the situation about.
     *
     * @throws Mismatch when the target did something else; that makes the case inconclusive
     * @throws Unclear when chance, the machine or the network prevented the situation
     * @throws Inapplicable when the target's way of answering excludes the situation
     */
    P arises(B bench) throws Exception;
  }

  P provenOn(B bench) throws Exception {
    try {
      return premise.arises(bench);
    } catch (Mismatch e) {
      Unclear unproven =
          new Unclear(
              String.format(
                  Locale.ROOT,
                  "the premise did not come about (%s): expected %s, saw %s",
                  sentence,
                  e.expected(),
                  e.seen()));
      unproven.initCause(e);
      throw unproven;
    }
  }
}
