package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;

/** Kinds of frames that clauses speak of: without one of its kind a clause is not judged. */
public enum FrameKind {
  ANY("any frame"),
  GREETING("a greeting"),
  ANSWER("an answer"),
  TOOL("a tool_execution"),
  ERROR("an error"),
  RETRYABLE("an error with data.retryable"),
  TIMED("a frame with a timestamp"),
  NAMED("a frame with an id or a reply_to"),
  OPTIONAL("a frame with an optional field");

  private static final List<String> OPTIONAL_FIELDS =
      List.of("session_id", "id", "reply_to", "run_id", "seq", "ack", "replay");

  private final String words;

  FrameKind(String words) {
    this.words = words;
  }

  /** For people: "a greeting". */
  String words() {
    return words;
  }

  /** Whether every server has to send frames of this kind. */
  boolean isNeeded() {
    return this == ANY || this == GREETING || this == ANSWER;
  }

  boolean has(Event.Text frame) {
    JsonNode json = frame.json();
    return switch (this) {
      case ANY -> true;
      case GREETING -> frame.isStatus("connected");
      case ANSWER -> frame.isAnswer();
      case TOOL -> frame.type().equals("tool_execution");
      case ERROR -> frame.type().equals("error");
      case RETRYABLE -> frame.type().equals("error") && json.path("data").has("retryable");
      case TIMED -> json.has("timestamp");
      case NAMED -> json.has("id") || json.has("reply_to");
      case OPTIONAL -> OPTIONAL_FIELDS.stream().anyMatch(json::has);
    };
  }
}
