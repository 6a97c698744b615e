package dev.holdfast.server.audit;

/**
 * The end of a chain: what must be kept elsewhere to notice that a tail was cut off.
 *
 * @param entry the number of the last entry; 0 before the first
 * @param hash its hash
 */
public record AuditHead(long entry, String hash) {

  /** What the first entry refers to. */
  public static final AuditHead GENESIS = new AuditHead(0, "0".repeat(64));

  /**
   * Reads {@code ENTRY:HASH}.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static AuditHead parse(String text) {
    if (!text.matches("[0-9]{1,18}:[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a head is ENTRY:HASH, a number and 64 hexadecimal digits, as the server logs it");
    }
    int colon = text.indexOf(':');
    return new AuditHead(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return entry + ":" + hash;
  }
}
