package dev.holdfast.report.result;

/** Text from anywhere, made fit to stand on one line of a terminal. */
public final class OneLine {
  private OneLine() {}

  /** The text without line breaks, control characters and escapes, cut to at most {@code max}. */
  public static String of(String text, int max) {
    StringBuilder line = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < text.length() && line.length() <= max; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isBlank(c)) {
        gap = !line.isEmpty();
        continue;
      }
      if (gap) {
        line.append(' ');
        gap = false;
      }
      line.appendCodePoint(isShowable(c) ? c : 0xFFFD);
    }
    return line.length() <= max ? line.toString() : cut(line, max);
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Control characters drive a terminal; format characters turn text round; halves are no text. */
  private static boolean isShowable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }

  private static String cut(StringBuilder line, int max) {
    int end = max - 1;
    if (Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end) + "…";
  }
}
