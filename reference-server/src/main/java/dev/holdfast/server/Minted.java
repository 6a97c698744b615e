package dev.holdfast.server;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names and secrets that nobody can guess. */
public final class Minted {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Minted() {}

  /** So many random bytes as hexadecimal digits. */
  public static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  public static long seed() {
    return RANDOM.nextLong();
  }
}
