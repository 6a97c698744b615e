package dev.holdfast.report.picture;

import java.util.List;

/**
 * A conversation as a sequence diagram shows it.
 *
 * @param lanes from left to right
 * @param caption one line below: why this is shown
 */
public record Sequence(
    String title,
    List<String> lanes,
    List<Arrow> arrows,
    List<Note> notes,
    List<Band> bands,
    String caption) {
  public Sequence {
    lanes = List.copyOf(lanes);
    arrows = List.copyOf(arrows);
    notes = List.copyOf(notes);
    bands = List.copyOf(bands);
  }

  /**
   * A frame from lane to lane; milliseconds from the beginning.
   *
   * @param lost whether it never arrived: it ends where it was last seen
   */
  public record Arrow(
      double fromMs, int from, double toMs, int to, String label, boolean lost, boolean idle) {}

  /** Something that happened at one lane. */
  public record Note(double ms, int lane, String text, boolean alarming) {}

  /** Something that was wrong for a while. */
  public record Band(double fromMs, double toMs, String label) {}
}
