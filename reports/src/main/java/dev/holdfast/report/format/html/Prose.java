package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Visible;
import java.util.ArrayList;
import java.util.List;

/** A sentence in which what stands between backticks is code. */
public final class Prose {
  private Prose() {}

  /** A piece of it. */
  public record Piece(String text, boolean code) {}

  /** The pieces; a backtick without a second stays what it is. */
  public static List<Piece> of(String sentence) {
    String[] parts = Visible.of(sentence).split("`", -1);
    if (parts.length % 2 == 0) {
      return List.of(new Piece(Visible.of(sentence), false));
    }
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].isEmpty()) {
        pieces.add(new Piece(parts[i], i % 2 == 1));
      }
    }
    return pieces;
  }
}
