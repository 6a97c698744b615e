package dev.holdfast.protocol.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint under which content is compared and audited without being kept. */
public final class Digest {
  /** Looked up once: a copy costs a tenth of looking it up. */
  private static final MessageDigest SHA_256 = lookUp();

  private Digest() {}

  /** SHA-256 of the text's UTF-8 as 64 hexadecimal digits. */
  public static String sha256(String text) {
    return HexFormat.of().formatHex(digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Compares secrets in a time that does not tell how much of them agrees. */
  static boolean sameSecret(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] digest(byte[] input) {
    return fresh().digest(input);
  }

  /** A SHA-256 to be fed and asked again and again, by one thread at a time. */
  public static MessageDigest fresh() {
    try {
      return (MessageDigest) SHA_256.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
    }
  }

  private static MessageDigest lookUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
