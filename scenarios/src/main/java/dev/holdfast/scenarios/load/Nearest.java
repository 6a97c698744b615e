package dev.holdfast.scenarios.load;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the known word that somebody probably meant: the least edits, where swapped letters count
 * as one and so does a forgotten unit, {@code pause} for {@code pause_ms}.
 */
public final class Nearest {
  private Nearest() {}

  /** A clause for an error message: {@code ", did you mean 'x'?"} or the list of known words. */
  public static String hint(String word, Collection<String> known) {
    return to(word, known)
        .map(near -> ", did you mean '" + near + "'?")
        .orElseGet(() -> "; known are " + String.join(", ", known.stream().sorted().toList()));
  }

  public static Optional<String> to(String word, Collection<String> known) {
    int limit = Math.max(2, word.length() / 3);
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k))
        .filter(k -> distance(word, k) <= limit);
  }

  private static int distance(String a, String b) {
    if (b.startsWith(a + "_")) {
      return 1;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
