package dev.holdfast.scenarios.conformance.client;

import dev.holdfast.scenarios.conformance.Draft;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One conformance case for clients: the clause that it judges, what it needs, its premise and its
 * script. It begins as a {@link Draft}.
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
    Draft.Script<ClientBench> script) {

  /** The client tells what became of each message. */
  static final String SETTLED = "settled";

  /** The client asks for its transport, and speaks HTTP where it is told to. */
  static final String HTTP_FALLBACK = "http_fallback";

  public ClientCase {
    needs = List.copyOf(needs);
    wishes = Map.copyOf(wishes);
  }

  /**
   * Begins a case that is its clause.
   *
   * @param cause what a client that fails it probably does
   */
  static Draft<ClientBench, ClientCase> of(String clause, String cause) {
    return draft(clause, clause, cause);
  }

  /** Begins one of several cases of a clause; its word says which. */
  static Draft<ClientBench, ClientCase> of(String clause, String word, String cause) {
    return draft(clause + "/" + word, clause, cause);
  }

  private static Draft<ClientBench, ClientCase> draft(String address, String clause, String cause) {
    return (premise, script) ->
        new ClientCase(address, clause, List.of(), Map.of(), p -> 0, premise, cause, script);
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
