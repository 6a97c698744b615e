package dev.holdfast.protocol.server;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something worth an audit entry: its name and its fields. */
public record AuditEvent(String event, AuditFields fields) {

  public static final String CONNECT = "connect";
  public static final String REFUSE = "refuse";
  public static final String RESUME = "resume";
  public static final String RESET = "reset";
  public static final String TAKEOVER = "takeover";
  public static final String DISCONNECT = "disconnect";
  public static final String MESSAGE_ACCEPTED = "message_accepted";
  public static final String MESSAGE_REFUSED = "message_refused";
  public static final String RUN_ENDED = "run_ended";
  public static final String TOOL_CALL = "tool_call";
  public static final String HEARTBEAT_TIMEOUT = "heartbeat_timeout";
  public static final String PROTOCOL_ERROR = "protocol_error";
  public static final String ROLLOUT_CHANGE = "rollout_change";
  public static final String DRAIN = "drain";
  public static final String HTTP_CHAT = "http_chat";
  public static final String PUSH = "push";
  public static final String SERVER_START = "server_start";
  public static final String SERVER_STOP = "server_stop";

  /** All names that an event can have. */
  public static final Set<String> NAMES =
      Set.of(
          CONNECT,
          REFUSE,
          RESUME,
          RESET,
          TAKEOVER,
          DISCONNECT,
          MESSAGE_ACCEPTED,
          MESSAGE_REFUSED,
          RUN_ENDED,
          TOOL_CALL,
          HEARTBEAT_TIMEOUT,
          PROTOCOL_ERROR,
          ROLLOUT_CHANGE,
          DRAIN,
          HTTP_CHAT,
          PUSH,
          SERVER_START,
          SERVER_STOP);

  public static AuditEvent of(String event) {
    return new AuditEvent(event, AuditFields.NONE);
  }

  /** This event with one more field; a null value adds none. */
  public AuditEvent with(AuditField field, @Nullable Object value) {
    return value == null ? this : new AuditEvent(event, fields.plus(field, value));
  }
}
