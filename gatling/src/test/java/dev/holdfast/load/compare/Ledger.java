package dev.holdfast.load.compare;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The least that an audit log can cost: as many lines a message as the protocol asks for, each as
 * long as the reference's, with the hash of the line before in it and its own behind it, all of
 * them in one write. What stands in them is always the same, and each event loop has one of its
 * own, so that none waits for another as it would for the one chain of an audit log.
 */
final class Ledger {
  private static final int LINES_A_MESSAGE = 10;
  private static final int HASH_AT = 16;
  private static final int HASH_DIGITS = 64;

  /** What a line is without its own hash, in bytes. */
  private static final int HASHED = 290;

  private final FileChannel file;
  private final MessageDigest sha256;
  private final byte[] lines = new byte[LINES_A_MESSAGE * (HASHED + HASH_DIGITS + 1)];
  private byte[] last = "0".repeat(HASH_DIGITS).getBytes(US_ASCII);

  private Ledger(Path path) throws IOException, NoSuchAlgorithmException {
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    sha256 = MessageDigest.getInstance("SHA-256");
    Arrays.fill(lines, (byte) 'a');
  }

  /** A new one in a folder, for the thread that asks. */
  static Ledger in(Path folder) {
    try {
      return new Ledger(
          Files.createDirectories(folder).resolve(Thread.currentThread().getName() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void message() {
    int from = 0;
    for (int i = 0; i < LINES_A_MESSAGE; i++) {
      System.arraycopy(last, 0, lines, from + HASH_AT, HASH_DIGITS);
      sha256.update(lines, from, HASHED);
      last = HexFormat.of().formatHex(sha256.digest()).getBytes(US_ASCII);
      System.arraycopy(last, 0, lines, from + HASHED, HASH_DIGITS);
      from += HASHED + HASH_DIGITS;
      lines[from++] = '\n';
    }
    try {
      file.write(ByteBuffer.wrap(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
