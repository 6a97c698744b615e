package dev.holdfast.protocol.frame;

/**
 * A person who is in a session, by the label of its connections.
 *
 * @param userId the label; it proves nothing
 * @param connections how many connections go by it
 * @param since when the oldest of them was opened, RFC 3339
 */
public record Member(String userId, int connections, String since) {
  /** Goes for every connection that names no user. */
  public static final String NAMELESS = "anonymous";
}
