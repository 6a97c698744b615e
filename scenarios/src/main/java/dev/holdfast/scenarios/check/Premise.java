package dev.holdfast.scenarios.check;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The situation that a scenario is about. Where its history does not prove it, nothing is judged.
 *
 * @param says the situation in one sentence; empty where the scenario's author names none
 * @param needs how much the history has to show at least, by the words of {@link Measure}
 */
public record Premise(String says, Map<String, Long> needs) {
  /** Nothing has to be proven. */
  public static final Premise NONE = new Premise("", Map.of());

  /** How a finding begins that says so. */
  public static final String NOT_PROVEN = "the premise is not proven: ";

  /** A premise whose needs are known measures. */
  public Premise {
    needs = java.util.Collections.unmodifiableMap(new TreeMap<>(needs));
  }

  /** Whether something has to happen while an answer is on its way. */
  public boolean isInRun() {
    return needs.keySet().stream().anyMatch(word -> Measure.named(word).isInRun());
  }

  /**
   * Why the history does not prove it, in words; null where it does.
   *
   * @throws IllegalArgumentException if a need is no measure
   */
  public @Nullable String unproven(History history) {
    if (needs.isEmpty()) {
      return null;
    }
    Map<Measure, Long> seen = new Measures().of(history);
    for (Map.Entry<String, Long> need : needs.entrySet()) {
      Measure measure = Measure.named(need.getKey());
      long count = seen.getOrDefault(measure, 0L);
      if (count < need.getValue()) {
        return NOT_PROVEN
            + "the scenario needs at least "
            + need.getValue()
            + " "
            + measure.sentence()
            + ", and there were "
            + count;
      }
    }
    return null;
  }
}
