package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import java.util.Set;

/**
 * One conformance case: the clause that it judges, what it needs, its premise and its script.
 *
 * <p>It begins as a {@link Draft}.
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
    Draft.Script<Bench> script,
    Turn turn) {

  /** When a case is played, within its profile. */
  public enum Turn {
    /** Beside others. */
    TOGETHER,
    /** When the others have ended: it looks at what they saw. */
    AFTERWARDS,
    /** By itself, after all others: it loads the target. */
    LOADING,
    /** With the target to itself, which it may leave unusable. */
    ALONE
  }

  public Case {
    needs = Set.copyOf(needs);
  }

  /**
   * Begins a case that is its clause.
   *
   * @param cause what a server that fails it probably does
   */
  public static Draft<Bench, Case> of(String clause, String cause, Need... needs) {
    return draft(clause, clause, cause, needs);
  }

  /** Begins one of several cases of a clause; its word says which. */
  public static Draft<Bench, Case> one(String clause, String word, String cause, Need... needs) {
    return draft(clause + "/" + word, clause, cause, needs);
  }

  private static Draft<Bench, Case> draft(
      String address, String clause, String cause, Need... needs) {
    return (premise, script) ->
        new Case(
            address, clause, Profile.CORE, Set.of(needs), premise, cause, script, Turn.TOGETHER);
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
