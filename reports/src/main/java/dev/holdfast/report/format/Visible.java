package dev.holdfast.report.format;

import java.util.Locale;

/**
 * Text from a peer, made fit to be shown: what has no glyph of its own gets one.
 *
 * <p>Control characters become their Unicode pictures, and what would turn text round, hide in it
 * or is half a character is spelt out, {@code \u202e}. So evidence stays evidence, and every format
 * may rely on text that is legal in XML, HTML and a terminal.
 */
public final class Visible {
  private static final int PICTURES = 0x2400;
  private static final int PICTURE_OF_DELETE = 0x2421;

  private Visible() {}

  /** The same text with everything in it visible; line feeds and tabs stay. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  /** The same, cut to at most {@code max} characters and saying how much was left out. */
  public static String of(String text, int max) {
    if (text.length() <= max) {
      return of(text);
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return of(text.substring(0, end)) + " … (" + Words.count(text.length() - end) + " more)";
  }

  private static void append(StringBuilder shown, int c) {
    if (c == '\n' || c == '\t') {
      shown.append((char) c);
    } else if (c < ' ') {
      shown.append((char) (PICTURES + c));
    } else if (c == 0x7f) {
      shown.append((char) PICTURE_OF_DELETE);
    } else if (hasGlyph(c)) {
      shown.appendCodePoint(c);
    } else {
      shown.append(String.format(Locale.ROOT, "\\u%04x", c));
    }
  }

  /** The joiner is a format character too, but emoji are made with it. */
  private static boolean hasGlyph(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT -> c == 0x200d;
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
