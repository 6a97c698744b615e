package dev.holdfast.scenarios.conformance.client;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One conformance case for clients: the clause that it judges, what it needs, its premise and its
 * script. As with {@link dev.holdfast.scenarios.conformance.Case cases for servers}, {@code given}
 * brings about the situation that the clause speaks of and proves it, and {@code then} judges.
 *
 * @param address its name; where a clause has several cases, the clause's address and a word more
 * @param clause the clause's address; sentence and level come from there
 * @param needs capabilities that the adapter must declare
 * @param wishes settings to ask the client for; unless it obeys them the standard ones hold
 * @param waitsMs how long the script waits at a pace, at the least
 * @param premise the situation that must have arisen before anything is judged, in a sentence
 * @param cause what a client that fails it probably does, for its author
 */
public record ClientCase(
    String address,
    String clause,
    List<String> needs,
    Map<Setting, Long> wishes,
    ToLongFunction<Pace> waitsMs,
    String premise,
    String cause,
    Script script) {

  /** The client tells what became of each message. */
  static final String SETTLED = "settled";

  /** The client asks for its transport, and speaks HTTP where it is told to. */
  static final String HTTP_FALLBACK = "http_fallback";

  /** Plays the case; throws what it finds wrong. */
  @FunctionalInterface
  public interface Script {
    void play(ClientBench bench) throws Exception;
  }

  public ClientCase {
    needs = List.copyOf(needs);
    wishes = Map.copyOf(wishes);
  }

  /**
   * Begins a case that is its clause.
   *
   * @param cause what a client that fails it probably does
   */
  static Draft of(String clause, String cause) {
    return new Draft(clause, clause, cause);
  }

  /** Begins one of several cases of a clause; its word says which. */
  static Draft of(String clause, String word, String cause) {
    return new Draft(clause + "/" + word, clause, cause);
  }

  /**
   * Brings a situation about and proves it; what it returns is what the judgement looks at.
   *
   * @param <P> what describes the situation
   */
  @FunctionalInterface
  interface Premise<P> {
    /**
     * Brings the situation about.
     *
     * @throws Mismatch when the client did something else; that makes the case inconclusive
     */
    P arises(ClientBench bench) throws Exception;
  }

  /**
   * Judges what the client did in a situation that arose.
   *
   * @param <P> what describes the situation
   */
  @FunctionalInterface
  interface Judgement<P> {
    /**
     * Judges the client.
     *
     * @throws Mismatch when the client breaks the clause
     */
    void judge(ClientBench bench, P situation) throws Exception;
  }

  /**
   * A case without its premise and judgement.
   *
   * @param cause what a client that fails it probably does
   */
  record Draft(String address, String clause, String cause) {
    /**
     * The situation that the clause speaks of.
     *
     * @param sentence what must have happened, for people
     */
    <P> Given<P> given(String sentence, Premise<P> premise) {
      return new Given<>(this, sentence, premise);
    }

    /** The same for a situation that several cases begin with. */
    <P> Given<P> given(Situation<P> situation) {
      return given(situation.sentence(), situation.premise());
    }
  }

  /**
   * A situation that several cases begin with.
   *
   * @param sentence what must have happened, for people
   */
  record Situation<P>(String sentence, Premise<P> premise) {}

  /** A case that lacks its judgement only. */
  record Given<P>(Draft draft, String sentence, Premise<P> premise) {
    /** The case: judged in this situation, and only in it. */
    ClientCase then(Judgement<P> judgement) {
      Script script = bench -> judgement.judge(bench, arisen(bench));
      return new ClientCase(
          draft.address, draft.clause, List.of(), Map.of(), p -> 0, sentence, draft.cause, script);
    }

    private P arisen(ClientBench bench) throws Exception {
      try {
        return premise.arises(bench);
      } catch (Mismatch e) {
        throw new Unclear(
            String.format(
                Locale.ROOT,
                "the premise did not come about (%s): expected %s, saw %s",
                sentence,
                e.expected(),
                e.seen()));
      }
    }
  }

  ClientCase needing(String... capabilities) {
    return new ClientCase(
        address, clause, List.of(capabilities), wishes, waitsMs, premise, cause, script);
  }

  ClientCase wishing(Setting setting, long value) {
    Map<Setting, Long> more = new EnumMap<>(Setting.class);
    more.putAll(wishes);
    more.put(setting, value);
    return new ClientCase(address, clause, needs, more, waitsMs, premise, cause, script);
  }

  /** With attempts in quick succession: {@code base}, twice that and so on, without jitter. */
  ClientCase quick(long baseMs) {
    return wishing(Setting.RECONNECT_BASE_MS, baseMs)
        .wishing(Setting.RECONNECT_JITTER_MS, 0)
        .waiting(p -> waitsMs.applyAsLong(p) + p.firstMs(1));
  }

  ClientCase waiting(ToLongFunction<Pace> ms) {
    return new ClientCase(address, clause, needs, wishes, ms, premise, cause, script);
  }

  /** How long it waits at the pace of this client, at the least. */
  long leastMs(Ready ready) {
    return waitsMs.applyAsLong(Pace.of(wishes, ready));
  }

  /** Why it cannot be asked of a client, or null when it can. */
  @Nullable String missing(Ready ready, boolean slow) {
    for (String need : needs) {
      if (!ready.can(need)) {
        return "needs the capability " + need;
      }
    }
    long ms = leastMs(ready);
    if (ms > ClientCheck.SLOW_MS && !slow) {
      List<String> overrides =
          wishes.keySet().stream()
              .map(Setting::word)
              .filter(w -> !ready.overrides().contains(w))
              .sorted()
              .toList();
      return "needs --slow, for it waits "
          + ms / 1_000
          + " s"
          + (overrides.isEmpty() ? "" : ", or the overrides " + String.join(", ", overrides));
    }
    return null;
  }
}
