package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import java.util.Set;

/**
 * One conformance case: the clause that it judges, what it needs, its premise and its script.
 *
 * <p>A case is made in two steps. {@code given} brings about the situation that the clause speaks
 * of and proves it from what came; {@code then} judges what the target did in it. A target is never
 * failed by the first step: without its premise the case is inconclusive, or not applicable where
 * the target's own way of answering excludes the situation.
 *
 * @param address its name; where a clause has several cases, the clause's address and a word more
 * @param clause the clause's address; sentence and level come from there
 * @param profile what its script speaks, and whose level counts
 * @param premise the situation that must have arisen before anything is judged, in a sentence
 * @param cause what a server that fails it probably does, for its author
 * @param turn when it is played
 */
public record Case(
    String address,
    String clause,
    Profile profile,
    Set<Need> needs,
    String premise,
    String cause,
    Script script,
    Turn turn) {

  /** When a case is played, within its profile. */
  public enum Turn {
    /** Beside others. */
    TOGETHER,
    /** When the others have ended: it looks at what they saw. */
    AFTERWARDS,
    /** With the target to itself, which it may leave unusable. */
    ALONE
  }

  /** Plays the case; throws what it finds wrong. */
  @FunctionalInterface
  public interface Script {
    void play(Bench bench) throws Exception;
  }

  public Case {
    needs = Set.copyOf(needs);
  }

  /**
   * Begins a case that is its clause.
   *
   * @param cause what a server that fails it probably does
   */
  public static Draft of(String clause, String cause, Need... needs) {
    return new Draft(clause, clause, cause, Set.of(needs));
  }

  /** Begins one of several cases of a clause; its word says which. */
  public static Draft one(String clause, String word, String cause, Need... needs) {
    return new Draft(clause + "/" + word, clause, cause, Set.of(needs));
  }

  // MIGRATION: deleted when no section uses it.
  public static Case of(String clause, String cause, Script script, Need... needs) {
    return new Case(clause, clause, Profile.CORE, Set.of(needs), "", cause, script, Turn.TOGETHER);
  }

  // MIGRATION: deleted when no section uses it.
  public static Case one(String clause, String word, String cause, Script script, Need... needs) {
    return new Case(
        clause + "/" + word, clause, Profile.CORE, Set.of(needs), "", cause, script, Turn.TOGETHER);
  }

  /**
   * Brings a situation about and proves it; what it returns is what the judgement looks at.
   *
   * @param <P> what describes the situation
   */
  @FunctionalInterface
  public interface Premise<P> {
    /**
     * Brings the situation about.
     *
     * @throws Mismatch when the target did something else; that makes the case inconclusive
     * @throws Unclear when chance, the machine or the network prevented the situation
     * @throws Inapplicable when the target's way of answering excludes the situation
     */
    P arises(Bench bench) throws Exception;
  }

  /**
   * Judges what the target did in a situation that arose.
   *
   * @param <P> what describes the situation
   */
  @FunctionalInterface
  public interface Judgement<P> {
    /**
     * Judges the target.
     *
     * @throws Mismatch when the target breaks the clause
     */
    void judge(Bench bench, P situation) throws Exception;
  }

  /** A case without its premise and judgement. */
  public static final class Draft {
    private final String address;
    private final String clause;
    private final String cause;
    private final Set<Need> needs;

    private Draft(String address, String clause, String cause, Set<Need> needs) {
      this.address = address;
      this.clause = clause;
      this.cause = cause;
      this.needs = needs;
    }

    /**
     * The situation that the clause speaks of.
     *
     * @param sentence what must have happened, for people: "a run ended while no connection was
     *     open"
     */
    public <P> Given<P> given(String sentence, Premise<P> premise) {
      return new Given<>(this, sentence, premise);
    }

    /** The same for a situation that the cases of several clauses share. */
    public <P> Given<P> given(Situation<P> situation) {
      return given(situation.sentence(), situation.premise());
    }
  }

  /**
   * A situation that several cases begin with.
   *
   * @param sentence what must have happened, for people
   */
  public record Situation<P>(String sentence, Premise<P> premise) {}

  /** A case that lacks its judgement only. */
  public static final class Given<P> {
    private final Draft draft;
    private final String sentence;
    private final Premise<P> premise;

    private Given(Draft draft, String sentence, Premise<P> premise) {
      this.draft = draft;
      this.sentence = sentence;
      this.premise = premise;
    }

    /** The case: judged in this situation, and only in it. */
    public Case then(Judgement<P> judgement) {
      Script script = bench -> judgement.judge(bench, arisen(bench));
      return new Case(
          draft.address,
          draft.clause,
          Profile.CORE,
          draft.needs,
          sentence,
          draft.cause,
          script,
          Turn.TOGETHER);
    }

    private P arisen(Bench bench) throws Exception {
      try {
        return premise.arises(bench);
      } catch (Mismatch e) {
        throw new Unclear(
            "the premise did not come about (%s): expected %s, saw %s"
                .formatted(sentence, e.expected(), e.seen()));
      }
    }
  }

  /** The same, spoken in profile resume. */
  public Case resuming() {
    return new Case(address, clause, Profile.RESUME, needs, premise, cause, script, turn);
  }

  public Case at(Turn other) {
    return new Case(address, clause, profile, needs, premise, cause, script, other);
  }

  /** How strongly its clause binds in its profile. */
  public Level level() {
    Level level = Clauses.at(clause).level(profile);
    if (level == null) {
      throw new IllegalStateException(address + " does not bind profile " + profile);
    }
    return level;
  }

  /** Its clause's sentence, and which of several cases this is. */
  public String sentence() {
    String sentence = Clauses.at(clause).sentence().replace("`", "");
    if (address.equals(clause)) {
      return sentence;
    }
    return sentence + " (" + address.substring(clause.length() + 1).replace('-', ' ') + ")";
  }
}
