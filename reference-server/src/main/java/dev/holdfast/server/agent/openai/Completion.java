package dev.holdfast.server.agent.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a model has said so far in one answer: its text, and the tools it wants called. */
final class Completion {
  private static final int MOST_TEXT = 1 << 20;

  /** A wish to have a tool called; its arguments come in pieces. */
  record Call(String id, String name, String arguments) {}

  private final StringBuilder text = new StringBuilder();
  private final Map<Integer, Call> calls = new TreeMap<>();
  private boolean finished;

  /** Takes one piece; gives the text that is new, perhaps empty. */
  String take(JsonNode chunk) throws Trouble {
    JsonNode choice = chunk.path("choices").path(0);
    JsonNode delta = choice.path("delta");
    for (JsonNode call : delta.path("tool_calls")) {
      calls.merge(call.path("index").asInt(), piece(call), Completion::joined);
    }
    finished |= choice.path("finish_reason").isTextual();
    String piece = delta.path("content").isTextual() ? delta.path("content").textValue() : "";
    text.append(piece);
    if (text.length() > MOST_TEXT || calls.toString().length() > MOST_TEXT) {
      throw new Trouble("The model's answer is too long.");
    }
    return piece;
  }

  private static Call piece(JsonNode call) {
    JsonNode function = call.path("function");
    return new Call(
        call.path("id").asText(""),
        function.path("name").asText(""),
        function.path("arguments").asText(""));
  }

  private static Call joined(Call before, Call more) {
    return new Call(
        before.id().isEmpty() ? more.id() : before.id(),
        before.name().isEmpty() ? more.name() : before.name(),
        before.arguments() + more.arguments());
  }

  /** Whether the model said that this is all. */
  boolean finished() {
    return finished;
  }

  String text() {
    return text.toString();
  }

  List<Call> calls() {
    return new ArrayList<>(calls.values());
  }
}
