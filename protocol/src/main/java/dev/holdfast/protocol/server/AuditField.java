package dev.holdfast.protocol.server;

import java.util.List;
import java.util.Locale;

/** What an audit entry may tell, in the order in which its line tells it. */
public enum AuditField {
  CLIENT_ID,
  CODE,
  CONNECTION_ID,
  DIRECTION,
  DURATION_MS,
  ENABLED,
  ENTRY,
  ERROR,
  EVENT,
  FROM,
  MENDED_BYTES,
  MESSAGE_ID,
  PAYLOAD_SHA256,
  PERCENT,
  PREV,
  REASON,
  RESULT,
  RUN_ID,
  SEQ,
  SESSION_ID,
  STOPPING,
  TIMESTAMP,
  TOOL,
  TOOL_CALL_ID,
  USER_ID;

  /** All of them, in the order of their words. */
  public static final List<AuditField> ALL = List.of(values());

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Its name in the log. */
  public String word() {
    return word;
  }
}
