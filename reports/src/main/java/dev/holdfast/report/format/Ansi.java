package dev.holdfast.report.format;

import java.util.Map;

/** Colours on a terminal, or none. */
public enum Ansi {
  NONE,
  COLOURS;

  private static final String ESC = "\u001b[";

  /**
   * Colours only where somebody looks at a terminal that has them and has not declined them.
   *
   * @param env the process's environment, for NO_COLOR and TERM
   */
  public static Ansi detect(Map<String, String> env, boolean terminal) {
    boolean declined = !env.getOrDefault("NO_COLOR", "").isEmpty();
    boolean dumb = env.getOrDefault("TERM", "").equals("dumb");
    return terminal && !declined && !dumb ? COLOURS : NONE;
  }

  /** Text in the colour of a status. */
  public String paint(Status status, String text) {
    return switch (status) {
      case FAIL, HARNESS_ERROR -> sgr("1;31", text);
      case INCONCLUSIVE -> sgr("35", text);
      case WARN, KNOWN -> sgr("33", text);
      case PASS -> sgr("32", text);
      case NOT_APPLICABLE -> sgr("2", text);
    };
  }

  public String bold(String text) {
    return sgr("1", text);
  }

  public String faint(String text) {
    return sgr("2", text);
  }

  private String sgr(String code, String text) {
    return this == NONE ? text : ESC + code + "m" + text + ESC + "0m";
  }
}
