package dev.holdfast.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** One entry in a line for people: when, what, and whatever is said of it. */
final class AuditLine {
  private static final List<String> ELSEWHERE =
      List.of("timestamp", "event", "prev", "hash", "payload_sha256", "entry");

  private AuditLine() {}

  static String of(JsonNode entry) {
    StringBuilder line = new StringBuilder();
    line.append(entry.path("timestamp").asText()).append(' ').append(entry.path("entry").asText());
    line.append(' ').append(entry.path("event").asText());
    for (Map.Entry<String, JsonNode> field : entry.properties()) {
      if (!ELSEWHERE.contains(field.getKey()) && !field.getValue().isNull()) {
        line.append(' ').append(field.getKey()).append('=').append(field.getValue().asText());
      }
    }
    return line.toString();
  }
}
