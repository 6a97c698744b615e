package dev.holdfast.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The chain of audit entries: a pure function from one head and an event to a line and the next.
 *
 * <p>A line is canonical JSON: keys in the order of their characters, no white space, and {@code
 * hash} behind all of them. The hash is SHA-256 over the UTF-8 of the same object without {@code
 * hash}; {@code prev} in it is the hash of the line before.
 */
public final class AuditChain {
  private static final String HASH_FIELD = ",\"hash\":\"";
  private static final int HASH_DIGITS = 64;
  private static final TypeReference<TreeMap<String, Object>> OBJECT = new TypeReference<>() {};
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** A line, without its end, and the head that it makes. */
  public record Linked(String line, AuditHead head) {}

  /** A line that does not belong where it stands. */
  public static final class Unsound extends Exception {
    private static final long serialVersionUID = 1L;

    Unsound(String why) {
      super(why);
    }
  }

  private AuditChain() {}

  /** Adds one event to the chain. */
  public static Linked link(AuditHead before, AuditEvent event, Instant at) {
    AuditPen pen = new AuditPen();
    AuditHead head = pen.write(before, event, Timestamps.format(at));
    String line = StandardCharsets.UTF_8.decode(pen.written()).toString();
    return new Linked(line.stripTrailing(), head);
  }

  private static String withHash(String hashed, String hash) {
    return hashed.substring(0, hashed.length() - 1) + HASH_FIELD + hash + "\"}";
  }

  /**
   * Checks that a line follows a head, and gives the head that it makes.
   *
   * @throws Unsound with the reason, for people
   */
  public static AuditHead follow(AuditHead before, String line) throws Unsound {
    Map<String, Object> entry = read(line);
    if (!before.hash().equals(entry.get("prev"))) {
      throw new Unsound("does not follow the line before: its prev is another hash");
    }
    if (!(entry.get("entry") instanceof Number n) || n.longValue() != before.entry() + 1) {
      throw new Unsound("is not entry " + (before.entry() + 1));
    }
    return soundHead(line, entry);
  }

  /**
   * Checks a line by itself, where what came before is not at hand.
   *
   * @throws Unsound with the reason, for people
   */
  public static AuditHead alone(String line) throws Unsound {
    return soundHead(line, read(line));
  }

  /** The head that a line says it follows. */
  static AuditHead before(String line) throws Unsound {
    Map<String, Object> entry = read(line);
    if (entry.get("entry") instanceof Number n && entry.get("prev") instanceof String prev) {
      return new AuditHead(n.longValue() - 1, prev);
    }
    throw new Unsound("has no entry and prev");
  }

  private static AuditHead soundHead(String line, Map<String, Object> entry) throws Unsound {
    Map<String, Object> hashed = new TreeMap<>(entry);
    Object claimed = hashed.remove("hash");
    String canonical = AuditText.of(hashed);
    String hash = Digest.sha256(canonical);
    if (!hash.equals(claimed)) {
      throw new Unsound("was changed: its hash does not fit");
    }
    if (!withHash(canonical, hash).equals(line)) {
      throw new Unsound("was rewritten: it is no longer in canonical form");
    }
    if (!(entry.get("entry") instanceof Number n)) {
      throw new Unsound("has no entry number");
    }
    return new AuditHead(n.longValue(), hash);
  }

  private static Map<String, Object> read(String line) throws Unsound {
    if (line.length() < HASH_FIELD.length() + HASH_DIGITS) {
      throw new Unsound("is no audit entry");
    }
    try {
      return JSON.readValue(line, OBJECT);
    } catch (JsonProcessingException e) {
      throw new Unsound("is no JSON object");
    }
  }
}
