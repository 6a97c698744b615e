package dev.holdfast.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A user's fixed place in a rollout: a stable hash of flag name and user id, from 0 to 9,999.
 *
 * <p>A user is in when the place lies below the percentage, so raising it only adds users.
 */
public final class RolloutBucket {
  public static final int PLACES = 10_000;
  public static final String WEBSOCKET_FLAG = "websocket";

  private RolloutBucket() {}

  public static int place(String flag, String userId) {
    byte[] digest = sha256((flag + '\0' + userId).getBytes(StandardCharsets.UTF_8));
    long first = 0;
    for (int i = 0; i < 7; i++) {
      first = first << 8 | (digest[i] & 0xff);
    }
    return (int) (first % PLACES);
  }

  public static boolean includes(String flag, String userId, double percent) {
    return place(flag, userId) < percent * (PLACES / 100.0);
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
