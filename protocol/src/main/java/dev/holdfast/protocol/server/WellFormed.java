package dev.holdfast.protocol.server;

/** Text that UTF-8 can carry: half a surrogate pair becomes U+FFFD. */
final class WellFormed {
  private static final char REPLACEMENT = '\ufffd';

  private WellFormed() {}

  static String text(String text) {
    int lone = loneFrom(text, 0);
    if (lone < 0) {
      return text;
    }
    StringBuilder mended = new StringBuilder(text);
    while (lone >= 0) {
      mended.setCharAt(lone, REPLACEMENT);
      lone = loneFrom(mended, lone + 1);
    }
    return mended.toString();
  }

  /** The first half of a pair without its other half, from {@code start}, or -1. */
  private static int loneFrom(CharSequence text, int start) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
