package dev.holdfast.server.audit;

import dev.holdfast.protocol.codec.PlainText;
import dev.holdfast.protocol.server.AuditEvent;
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
  private static final byte[] HASH = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);

  /** What every entry has, in the order of the names. */
  private static final String[] OWN = {
    "connection_id", "entry", "event", "prev", "result", "session_id", "timestamp"
  };

  private final MessageDigest sha256 = Digest.fresh();
  private byte[] bytes = new byte[USUAL_BYTES];
  private int length;

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
    put('}');
    sha256.update(bytes, from, length - from);
    length--;
    String hash = hash(sha256.digest());
    return new AuditHead(before.entry() + 1, hash);
  }

  private String hash(byte[] digest) {
    room(HASH.length + digest.length * 2 + 3);
    System.arraycopy(HASH, 0, bytes, length, HASH.length);
    length += HASH.length;
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

  /** Merges what every entry has with what the event brings: both are sorted. */
  private void fields(AuditHead before, AuditEvent event, String timestamp) {
    AuditFields given = event.fields();
    int next = 0;
    char separator = '{';
    for (String own : OWN) {
      while (next < given.size() && given.name(next).compareTo(own) < 0) {
        field(separator, given.name(next), given.value(next++));
        separator = ',';
      }
      Object brought = null;
      if (next < given.size() && given.name(next).equals(own)) {
        brought = given.value(next++);
      }
      field(separator, own, own(own, brought, before, event, timestamp));
      separator = ',';
    }
    while (next < given.size()) {
      field(separator, given.name(next), given.value(next++));
    }
  }

  private static @Nullable Object own(
      String name, @Nullable Object brought, AuditHead before, AuditEvent event, String timestamp) {
    return switch (name) {
      case "entry" -> before.entry() + 1;
      case "event" -> event.event();
      case "prev" -> before.hash();
      case "timestamp" -> timestamp;
      case "result" ->
          brought != null ? brought : event.fields().containsKey("error") ? "error" : "ok";
      default -> brought;
    };
  }

  private void field(char separator, String name, @Nullable Object value) {
    put(separator);
    quoted(name);
    put(':');
    if (value instanceof String text) {
      text(text);
    } else {
      ascii(AuditText.json(value));
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
    if (PlainText.isPrintableAscii(utf8, 0, utf8.length)) {
      room(utf8.length + 2);
      bytes[length++] = '"';
      System.arraycopy(utf8, 0, bytes, length, utf8.length);
      length += utf8.length;
      bytes[length++] = '"';
    } else {
      ascii(AuditText.json(AuditText.printable(text)));
    }
  }

  /** JSON that is ready, ASCII for the most part. */
  private void ascii(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
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
