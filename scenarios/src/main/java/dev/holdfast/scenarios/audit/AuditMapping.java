package dev.holdfast.scenarios.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.load.ScenarioError;
import dev.holdfast.scenarios.load.Yaml;
import dev.holdfast.scenarios.model.Target.AuditWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody else's log calls what this protocol calls otherwise.
 *
 * @param fields from the protocol's word to a path into their entry, {@code ctx.session}
 * @param events from their word to the protocol's
 * @param standard whether it is the protocol's own log, whose chain can be verified too
 */
public record AuditMapping(Map<String, String> fields, Map<String, String> events, boolean standard)
    implements AuditWords {
  /** What can be mapped: what a proof reads. */
  private static final List<String> FIELDS =
      List.of("event", "session_id", "connection_id", "message_id", "tool_call_id", "result");

  private static final List<String> EVENTS =
      List.of(
          "connect",
          "refuse",
          "resume",
          "reset",
          "disconnect",
          "takeover",
          "message_accepted",
          "http_chat",
          "push",
          "message_refused",
          "run_ended",
          "tool_call",
          "protocol_error",
          "heartbeat_timeout");

  /** The log as the protocol describes it. */
  public static final AuditMapping STANDARD = new AuditMapping(Map.of(), Map.of(), true);

  public AuditMapping {
    fields = Map.copyOf(fields);
    events = Map.copyOf(events);
  }

  /**
   * Reads a mapping: {@code fields: {session_id: ctx.session}} and {@code events:
   * {message_accepted: [msg_in]}}, from the protocol's word to theirs.
   *
   * @throws ScenarioError if it says something that cannot be meant; with file, line and column
   */
  public static AuditMapping read(Path file) throws IOException {
    Map<String, Yaml> parts =
        Yaml.read(file.toString(), Files.readString(file)).map(List.of("fields", "events"));
    Map<String, String> fields = new LinkedHashMap<>();
    Map<String, String> events = new LinkedHashMap<>();
    Yaml given = parts.get("fields");
    if (given != null) {
      given.map(FIELDS).forEach((ours, theirs) -> fields.put(ours, theirs.text()));
    }
    Yaml named = parts.get("events");
    if (named != null) {
      named.map(EVENTS).forEach((ours, theirs) -> each(theirs, ours, events));
    }
    return new AuditMapping(fields, events, false);
  }

  private static void each(Yaml theirs, String ours, Map<String, String> events) {
    for (Yaml word : theirs.list()) {
      if (events.put(word.text(), ours) != null) {
        throw word.error("'" + word.text() + "' stands for two events");
      }
    }
  }

  /** An entry of theirs; null if it is of a kind that nobody mapped. */
  @Nullable AuditEntry entry(String line, JsonNode json) {
    String said = field(json, "event");
    String event = standard || events.isEmpty() ? said : events.get(said == null ? "" : said);
    return event == null
        ? null
        : new AuditEntry(
            line,
            event,
            field(json, "session_id"),
            field(json, "connection_id"),
            field(json, "message_id"),
            field(json, "tool_call_id"),
            field(json, "result"));
  }

  @Override
  public boolean tells(String event) {
    return events.isEmpty() || events.containsValue(event);
  }

  @Override
  public @Nullable JsonNode ours(JsonNode theirs) {
    String said = field(theirs, "event");
    String event = events.isEmpty() ? said : events.get(said == null ? "" : said);
    if (event == null || !theirs.isObject()) {
      return null;
    }
    ObjectNode ours = ((ObjectNode) theirs).deepCopy().put("event", event);
    for (String name : FIELDS.subList(1, FIELDS.size())) {
      String value = field(theirs, name);
      if (value != null) {
        ours.put(name, value);
      }
    }
    return ours;
  }

  private @Nullable String field(JsonNode json, String ours) {
    JsonNode at = json;
    for (String step : fields.getOrDefault(ours, ours).split("\\.", -1)) {
      at = at.path(step);
    }
    return at.isMissingNode() || at.isNull() ? null : at.asText();
  }
}
