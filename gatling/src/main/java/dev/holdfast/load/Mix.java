package dev.holdfast.load;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many of the people are of each kind.
 *
 * @param weights beside each other; whoever is not named is not there
 */
public record Mix(Map<Persona, Integer> weights) {
  /** Everybody talks. */
  public static final Mix TALKERS = new Mix(Map.of(Persona.TALK, 1));

  private static final int MOST = 1_000_000;

  public Mix {
    weights = Map.copyOf(weights);
    boolean sound = weights.values().stream().allMatch(w -> w >= 0 && w <= MOST);
    if (!sound || weights.values().stream().mapToLong(w -> w).sum() == 0) {
      throw new IllegalArgumentException(
          "a mix has whole numbers from 0 up, and one above 0: talk=80,idle=20");
    }
  }

  /**
   * A mix as it is written on the command line, {@code talk=60,stream=20,idle=20}.
   *
   * @throws IllegalArgumentException if it is none; the message says what is
   */
  public static Mix parse(String text) {
    Map<Persona, Integer> weights = new EnumMap<>(Persona.class);
    for (String part : text.split(",", -1)) {
      String[] sides = part.strip().split("=", -1);
      Persona persona = Persona.of(sides[0]).orElse(null);
      if (persona == null || sides.length != 2 || !sides[1].matches("[0-9]{1,6}")) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "'%s' is no share of a mix; write talk=60,stream=15,idle=10,drop=10,poll=5",
                part));
      }
      weights.put(persona, Integer.valueOf(sides[1]));
    }
    return new Mix(weights);
  }

  /** Whether there is anybody of that kind. */
  public boolean has(Persona persona) {
    return weights.getOrDefault(persona, 0) > 0;
  }

  /** So many people of each kind, by the largest remainders; they add up to {@code users}. */
  Map<Persona, Integer> of(int users) {
    long sum = weights.values().stream().mapToLong(w -> w).sum();
    Map<Persona, Integer> counts = new EnumMap<>(Persona.class);
    weights.forEach((persona, weight) -> counts.put(persona, (int) (users * (long) weight / sum)));
    int left = users - counts.values().stream().mapToInt(n -> n).sum();
    List<Persona> byRemainder =
        weights.keySet().stream()
            .sorted(
                Comparator.comparingLong(
                        (Persona p) -> -(users * (long) weights.getOrDefault(p, 0) % sum))
                    .thenComparing(p -> p))
            .toList();
    byRemainder.stream().limit(left).forEach(p -> counts.merge(p, 1, Integer::sum));
    return counts;
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return weights.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> e.getKey().word() + "=" + e.getValue())
        .collect(Collectors.joining(","));
  }
}
