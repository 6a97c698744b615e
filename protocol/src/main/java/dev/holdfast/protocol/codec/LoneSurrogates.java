package dev.holdfast.protocol.codec;

/** Finds escapes of half a surrogate pair: JSON's grammar allows them, UTF-8 cannot carry them. */
final class LoneSurrogates {
  private static final int ESCAPE_LENGTH = 6;

  private LoneSurrogates() {}

  static boolean in(String text) {
    int i = text.indexOf('\\');
    while (i >= 0 && i + 1 < text.length()) {
      if (isSurrogate(text, i, 'c', 'f')) {
        return true;
      }
      if (isSurrogate(text, i, '8', 'b')) {
        if (!isSurrogate(text, i + ESCAPE_LENGTH, 'c', 'f')) {
          return true;
        }
        i += ESCAPE_LENGTH;
      }
      i = text.indexOf('\\', i + 2);
    }
    return false;
  }

  /** Whether an escape {@code \}{@code uDx..} stands at {@code i} with x in the given range. */
  private static boolean isSurrogate(String text, int i, char from, char to) {
    if (i + ESCAPE_LENGTH > text.length() || text.charAt(i) != '\\' || text.charAt(i + 1) != 'u') {
      return false;
    }
    char first = Character.toLowerCase(text.charAt(i + 2));
    char second = Character.toLowerCase(text.charAt(i + 3));
    return first == 'd' && hex(second) >= hex(from) && hex(second) <= hex(to);
  }

  private static int hex(char digit) {
    return Character.digit(digit, 16);
  }
}
