package dev.holdfast.proxy.engine;

import java.util.Collection;
import java.util.Comparator;

/** The known word that a mistyped one most likely meant. */
final class Nearest {
  private Nearest() {}

  /** What to tell somebody who used a word that is not among the known ones. */
  static IllegalArgumentException unknown(String what, String word, Collection<String> known) {
    String hint =
        known.stream()
            .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
            .map(nearest -> "; did you mean " + nearest + "?")
            .orElse("; it takes none");
    return new IllegalArgumentException("unknown " + what + " " + word + hint);
  }

  /** How many letters to add, drop or change to get from one to the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
