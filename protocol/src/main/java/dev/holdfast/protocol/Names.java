package dev.holdfast.protocol;

import org.jspecify.annotations.Nullable;

/** The alphabet of session ids, user ids and frame ids: 1 to 128 of {@code A-Z a-z 0-9 . _ -}. */
public final class Names {
  public static final int MAX_LENGTH = 128;

  private Names() {}

  public static boolean valid(@Nullable String name) {
    if (name == null || name.isEmpty() || name.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (!allowed(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean allowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
