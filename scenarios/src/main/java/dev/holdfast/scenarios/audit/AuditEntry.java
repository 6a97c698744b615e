package dev.holdfast.scenarios.audit;

import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.AuditField;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an audit log, in the protocol's words whatever its author calls them.
 *
 * @param line where it stands, for people: {@code actions_20260131.jsonl:17}
 * @param event for example {@code message_accepted}
 * @param result of a tool call its status, of a run its end
 */
public record AuditEntry(
    String line,
    String event,
    @Nullable String session,
    @Nullable String connection,
    @Nullable String message,
    @Nullable String toolCall,
    @Nullable String result) {

  /** An entry of the protocol's own log, as it is made. */
  public static AuditEntry of(String line, AuditEvent event) {
    return new AuditEntry(
        line,
        event.event(),
        text(event, AuditField.SESSION_ID),
        text(event, AuditField.CONNECTION_ID),
        text(event, AuditField.MESSAGE_ID),
        text(event, AuditField.TOOL_CALL_ID),
        text(event, AuditField.RESULT));
  }

  private static @Nullable String text(AuditEvent event, AuditField field) {
    Object value = event.fields().get(field);
    return value == null ? null : value.toString();
  }

  /** The file that it stands in. */
  String file() {
    return line.substring(0, Math.max(0, line.lastIndexOf(':')));
  }

  @Override
  public String toString() {
    return line
        + " "
        + event
        + (message == null ? "" : " of message " + message)
        + (toolCall == null ? "" : ", " + toolCall + " " + result);
  }
}
