package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Kinds of frames that clauses speak of: without one of its kind a clause is not judged. */
public enum FrameKind {
  ANY("any frame", e -> true),
  GREETING("a greeting", e -> e.isStatus("connected")),
  ANSWER("an answer", Event.Text::isAnswer),
  TOOL("a tool_execution", e -> e.type().equals("tool_execution")),
  ERROR("an error", e -> e.type().equals("error")),
  RETRYABLE("an error with data.retryable", e -> e.type().equals("error") && e.json().at("/data").has("retryable")),
  TIMED("a frame with a timestamp", e -> e.json().has("timestamp")),
  NAMED("a frame with an id or a reply_to", e -> e.json().has("id") || e.json().has("reply_to")),
  OPTIONAL("a frame with an optional field", FrameKind::hasAnOptionalField);

  private static final Set<FrameKind> NEEDED = EnumSet.of(ANY, GREETING, ANSWER);

  private static final List<String> OPTIONAL_FIELDS =
      List.of("session_id", "id", "reply_to", "run_id", "seq", "ack", "replay");

  private final String words;
  private final Predicate<Event.Text> test;

  FrameKind(String words, Predicate<Event.Text> test) {
    this.words = words;
    this.test = test;
  }

  /** Whether every server has to send frames of this kind. */
  boolean isNeeded() {
    return NEEDED.contains(this);
  }

  boolean has(Event.Text frame) {
    return test.test(frame);
  }

  /** For people: "a greeting". */
  String words() {
    return words;
  }

  private static boolean hasAnOptionalField(Event.Text frame) {
    return OPTIONAL_FIELDS.stream().anyMatch(frame.json()::has);
  }
}
