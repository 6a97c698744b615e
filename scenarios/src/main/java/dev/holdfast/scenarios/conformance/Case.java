package dev.holdfast.scenarios.conformance;

import java.util.Set;

/**
 * One conformance case: the clause that it judges, what it needs and its script.
 *
 * @param address its name; where a clause has several cases, the clause's address and a word more
 * @param clause the clause's address; sentence and level come from there
 * @param cause what a server that fails it probably does, for its author
 */
public record Case(String address, String clause, Set<Need> needs, String cause, Script script) {

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
    return new Case(clause, clause, Set.of(needs), cause, script);
  }
}
