package dev.holdfast.scenarios.preflight;

/**
 * Why nothing of a target can be judged.
 *
 * @param came what came, in a sentence
 * @param likely what the target most likely is, in a sentence; empty where nothing points at it
 * @param next what to do, in a sentence
 */
public record Diagnosis(String came, String likely, String next) {
  /** The whole in a line. */
  public String sentence() {
    return likely.isEmpty() ? came + " " + next : came + " " + likely + " " + next;
  }
}
