package dev.holdfast.report.format;

/** How this Holdfast was called: what is to be typed again has to work in the same shell. */
public final class Launcher {
  /** The launcher script puts the path there by which it was called. */
  private static final String PROPERTY = "holdfast.called";

  private static final String USUAL = "./holdfast";

  private Launcher() {}

  /** The first word of a command, quoted where a shell would take it apart. */
  public static String word() {
    String called = System.getProperty(PROPERTY, "");
    if (called.isEmpty()) {
      return USUAL;
    }
    return called.matches("[A-Za-z0-9_./:@%+~-]+")
        ? called
        : "'" + called.replace("'", "'\\''") + "'";
  }

  /** The command line of these words behind it. */
  public static String with(String words) {
    return word() + " " + words;
  }

  /** A text that was written for the usual path, for the one that was used. */
  public static String in(String text) {
    return text.replace(USUAL, word());
  }
}
