package dev.holdfast.scenarios.load;

/**
 * A file says something that cannot be meant; the message names file, line, column and a remedy.
 */
public final class ScenarioError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScenarioError(String file, int line, int column, String what) {
    super(file + ":" + line + ":" + column + ": " + what);
  }

  /** The file as a whole cannot be read. */
  public ScenarioError(String file, String what) {
    super(file + ": " + what);
  }
}
