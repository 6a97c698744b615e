package dev.holdfast.report.budget;

import static java.util.Comparator.comparingInt;

import java.util.List;

/** Finds the word that was probably meant. */
final class NearestWord {
  private NearestWord() {}

  static String to(String typed, List<String> known) {
    return known.stream().min(comparingInt(word -> edits(typed, word))).orElseThrow();
  }

  /** The edit distance of Levenshtein, a row at a time. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
