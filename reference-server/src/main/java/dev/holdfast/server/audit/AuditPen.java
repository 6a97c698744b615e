package dev.holdfast.server.audit;

import dev.holdfast.protocol.codec.PlainText;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.AuditField;
import dev.holdfast.protocol.server.AuditFields;
import dev.holdfast.protocol.server.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries of the chain one behind the other, as bytes: the form is {@link AuditChain}'s.
 *
 * <p>An entry is written, hashed where it lies, and closed with its hash: nothing is copied. Used
 * by one thread at a time.
 */
final class AuditPen {
  private static final int USUAL_BYTES = 8 << 10;
  private static final int MOST_BYTES_KEPT = 256 << 10;
  private static final int MAX_TEXT = 512;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HASH = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);

  /** Each field's name, set off from what stands before it. */
  private static final byte[][] NAMES =
      AuditField.ALL.stream()
          .map(f -> (",\"" + f.word() + "\":").getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  private final MessageDigest sha256 = Digest.fresh();
  private byte[] bytes = new byte[USUAL_BYTES];
  private int length;

  /** What each field told last, and that field as it was written. */
  private final @Nullable Object[] lastValues = new @Nullable Object[AuditField.ALL.size()];

  private final byte[][] lastFields = new byte[AuditField.ALL.size()][];

  /** Begins anew; what was written is no longer of use. */
  void clear() {
    length = 0;
    if (bytes.length > MOST_BYTES_KEPT) {
      bytes = new byte[USUAL_BYTES];
    }
  }

  /** All that was written since the last {@link #clear}. */
  ByteBuffer written() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** Writes one entry and its line's end, and gives the head that it makes. */
  AuditHead write(AuditHead before, AuditEvent event, String timestamp) {
    int from = length;
    fields(before, event, timestamp);
    bytes[from] = '{';
    put('}');
    sha256.update(bytes, from, length - from);
    length--;
    String hash = hash(sha256.digest());
    return new AuditHead(before.entry() + 1, hash);
  }

  private String hash(byte[] digest) {
    ready(HASH);
    room(digest.length * 2);
    int from = length;
    for (byte b : digest) {
      bytes[length++] = HEX[(b >> 4) & 15];
      bytes[length++] = HEX[b & 15];
    }
    String hash = new String(bytes, from, length - from, StandardCharsets.ISO_8859_1);
    put('"');
    put('}');
    put('\n');
    return hash;
  }

  /** What every entry has, and what the event brings. */
  private void fields(AuditHead before, AuditEvent event, String timestamp) {
    AuditFields given = event.fields().inPlaces();
    for (AuditField field : AuditField.ALL) {
      Object brought = given.get(field);
      switch (field) {
        case ENTRY -> fresh(field, before.entry() + 1);
        case EVENT -> field(field, event.event());
        case PREV -> fresh(field, before.hash());
        case TIMESTAMP -> field(field, timestamp);
        case CONNECTION_ID, SESSION_ID -> field(field, brought);
        case RESULT -> field(field, brought != null ? brought : result(given));
        default -> {
          if (brought != null) {
            field(field, brought);
          }
        }
      }
    }
  }

  private static String result(AuditFields given) {
    return given.has(AuditField.ERROR) ? "error" : "ok";
  }

  /** Entries that are written together tell much of the same: what is the very same is copied. */
  @SuppressWarnings("ReferenceEquality")
  private void field(AuditField field, @Nullable Object value) {
    int place = field.ordinal();
    if (value != null && value == lastValues[place]) {
      ready(lastFields[place]);
      return;
    }
    int from = length;
    fresh(field, value);
    lastValues[place] = value;
    lastFields[place] = Arrays.copyOfRange(bytes, from, length);
  }

  private void fresh(AuditField field, @Nullable Object value) {
    ready(NAMES[field.ordinal()]);
    switch (value) {
      case null -> ready(NULL);
      case String text -> text(text);
      default -> ready(AuditText.json(value).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Texts of peers are kept short and free of what JSON writers escape in different ways. */
  private void text(String text) {
    if (text.length() > MAX_TEXT) {
      String line = AuditText.printable(text);
      quoted(line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "\u2026");
    } else {
      quoted(text);
    }
  }

  private void quoted(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (PlainText.isPrintableAscii(utf8)) {
      put('"');
      ready(utf8);
      put('"');
    } else {
      ready(AuditText.json(AuditText.printable(text)).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** JSON that is ready. */
  private void ready(byte[] utf8) {
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  private void put(char c) {
    room(1);
    bytes[length++] = (byte) c;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
