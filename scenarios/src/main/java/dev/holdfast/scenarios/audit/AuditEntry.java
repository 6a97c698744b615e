package dev.holdfast.scenarios.audit;

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
