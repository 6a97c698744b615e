package dev.holdfast.load;

import java.util.Locale;

/**
 * The part of a load that one of several injectors carries.
 *
 * @param index from 0
 * @param of how many injectors there are
 * @param startAtMs when the clock of all of them starts, in milliseconds since 1970; 0 for at once
 */
public record Share(int index, int of, long startAtMs) {
  /** The whole load, at once. */
  public static final Share ALL = new Share(0, 1, 0);

  /** More would not be one machine's any more; a Job has as many as it likes. */
  static final int MOST = 1_000;

  public Share {
    if (of < 1 || of > MOST || index < 0 || index >= of || startAtMs < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "there are 1 to %d injectors, numbered from 0; not number %d of %d",
              MOST,
              index,
              of));
    }
  }

  /** This injector's part of all people; the parts add up. */
  int users(int all) {
    return all / of + (index < all % of ? 1 : 0);
  }

  /** Begins the names of this injector's people. */
  String prefix() {
    return of == 1 ? "p" : "i" + index + "p";
  }
}
