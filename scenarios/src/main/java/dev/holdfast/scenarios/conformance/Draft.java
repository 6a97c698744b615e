package dev.holdfast.scenarios.conformance;

/**
 * A case, for a server or a client, that has neither premise nor judgement yet.
 *
 * <p>A case is made in two steps. {@code given} brings about the situation that the clause speaks
 * of and proves it from what came; {@code then} judges what the target did in it. A target is never
 * failed by the first step: without its premise the case is inconclusive, or not applicable where
 * the target's own way of answering excludes the situation.
 *
 * @param <B> the bench that the case is played on
 * @param <C> the case
 */
@FunctionalInterface
public interface Draft<B, C> {
  /** The case with this premise, in a sentence, and this script. */
  C complete(String premise, Script<B> script);

  /**
   * The situation that the clause speaks of.
   *
   * @param sentence what must have happened, for people: "a run ended while no connection was open"
   */
  default <P> Given<B, C, P> given(String sentence, Situation.Premise<B, P> premise) {
    return given(new Situation<>(sentence, premise));
  }

  /** The same for a situation that several cases begin with. */
  default <P> Given<B, C, P> given(Situation<B, P> situation) {
    return judgement ->
        complete(situation.sentence(), bench -> judgement.judge(bench, situation.provenOn(bench)));
  }

  /** Plays a case; throws what it finds wrong. */
  @FunctionalInterface
  interface Script<B> {
    void play(B bench) throws Exception;
  }

  /** A case that lacks its judgement only. */
  @FunctionalInterface
  interface Given<B, C, P> {
    /** The case: judged in its situation, and only in it. */
    C then(Judgement<B, P> judgement);
  }

  /**
   * Judges what the target did in a situation that arose.
   *
   * @param <P> what describes the situation
   */
  @FunctionalInterface
  interface Judgement<B, P> {
    /**
     * Judges the target.
     *
     * @throws Finds.Mismatch when the target breaks the clause
     */
    void judge(B bench, P situation) throws Exception;
  }
}
