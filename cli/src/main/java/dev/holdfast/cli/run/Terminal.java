package dev.holdfast.cli.run;

import java.util.List;

/**
 * Whether a person watches, and how wide the window is.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is one
 */
public record Terminal(boolean out, boolean err, int columns) {
  private static final int USUAL_COLUMNS = 100;

  /** Nobody watches: a pipe, a file, a CI log. */
  public static final Terminal NONE = new Terminal(false, false, USUAL_COLUMNS);

  /** What the launcher saw; a JVM of 21 cannot ask for each stream. */
  static Terminal toldByLauncher() {
    List<String> terminals = List.of(System.getProperty("holdfast.terminal", "").split(","));
    Integer columns = Integer.getInteger("holdfast.columns", USUAL_COLUMNS);
    return new Terminal(terminals.contains("out"), terminals.contains("err"), columns);
  }
}
