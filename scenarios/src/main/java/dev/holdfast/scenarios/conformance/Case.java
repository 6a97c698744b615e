package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import java.util.Set;

/**
 * One conformance case: the clause that it judges, what it needs and its script.
 *
 * @param address its name; where a clause has several cases, the clause's address and a word more
 * @param clause the clause's address; sentence and level come from there
 * @param profile what its script speaks, and whose level counts
 * @param cause what a server that fails it probably does, for its author
 * @param turn when it is played
 */
public record Case(
    String address,
    String clause,
    Profile profile,
    Set<Need> needs,
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

  /** A case that is its clause. */
  public static Case of(String clause, String cause, Script script, Need... needs) {
    return new Case(clause, clause, Profile.CORE, Set.of(needs), cause, script, Turn.TOGETHER);
  }

  /** One of several cases of a clause; its word says which. */
  public static Case one(String clause, String word, String cause, Script script, Need... needs) {
    Case whole = of(clause, cause, script, needs);
    return new Case(
        clause + "/" + word, clause, Profile.CORE, whole.needs(), cause, script, Turn.TOGETHER);
  }

  /** The same, spoken in profile resume. */
  public Case resuming() {
    return new Case(address, clause, Profile.RESUME, needs, cause, script, turn);
  }

  public Case at(Turn other) {
    return new Case(address, clause, profile, needs, cause, script, other);
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
