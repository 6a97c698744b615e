package dev.holdfast.scenarios.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server's own words for what the protocol has; each map leads from the protocol's word to the
 * server's.
 *
 * @param types of frames, {@code message: chat}
 * @param fields beside the type, {@code data: payload}; the name of the type itself too
 * @param data fields within data, {@code content: text}
 * @param status words in {@code data.status}, {@code connected: ready}
 * @param paths of the HTTP side, {@code /health: /healthz}
 */
public record Dialect(
    Map<String, String> types,
    Map<String, String> fields,
    Map<String, String> data,
    Map<String, String> status,
    Map<String, String> paths) {

  /** The protocol's own words. */
  public static final Dialect NONE = new Dialect(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  public Dialect {
    types = Map.copyOf(types);
    fields = Map.copyOf(fields);
    data = Map.copyOf(data);
    status = Map.copyOf(status);
    paths = Map.copyOf(paths);
  }

  public boolean isNone() {
    return equals(NONE);
  }

  /** A path of the HTTP side as the server has it; what follows a question mark stays. */
  public String path(String ours) {
    int query = ours.indexOf('?');
    String path = query < 0 ? ours : ours.substring(0, query);
    return paths.getOrDefault(path, path) + (query < 0 ? "" : ours.substring(query));
  }

  /** A frame of ours in the server's words. */
  public ObjectNode theirs(ObjectNode ours) {
    ObjectNode frame = ours.deepCopy();
    reword(frame, "type", types);
    if (frame.get("data") instanceof ObjectNode body) {
      reword(body, "status", status);
      rename(body, data);
    }
    rename(frame, fields);
    return frame;
  }

  /** A frame of theirs in the protocol's words; what is no object stays as it is. */
  public JsonNode ours(JsonNode theirs) {
    if (!(theirs instanceof ObjectNode object)) {
      return theirs;
    }
    ObjectNode frame = object.deepCopy();
    unname(frame, fields);
    if (frame.get("data") instanceof ObjectNode body) {
      unname(body, data);
      unword(body, "status", status);
    }
    unword(frame, "type", types);
    return frame;
  }

  private static void reword(ObjectNode object, String field, Map<String, String> words) {
    JsonNode value = object.get(field);
    if (value != null && value.isTextual()) {
      object.put(field, words.getOrDefault(value.textValue(), value.textValue()));
    }
  }

  private static void unword(ObjectNode object, String field, Map<String, String> words) {
    JsonNode value = object.get(field);
    String ours = value == null || !value.isTextual() ? null : key(words, value.textValue());
    if (ours != null) {
      object.put(field, ours);
    }
  }

  private static @Nullable String key(Map<String, String> words, String theirs) {
    for (Map.Entry<String, String> word : words.entrySet()) {
      if (word.getValue().equals(theirs)) {
        return word.getKey();
      }
    }
    return null;
  }

  private static void rename(ObjectNode object, Map<String, String> names) {
    names.forEach((ours, theirs) -> move(object, ours, theirs));
  }

  private static void unname(ObjectNode object, Map<String, String> names) {
    names.forEach((ours, theirs) -> move(object, theirs, ours));
  }

  private static void move(ObjectNode object, String from, String to) {
    JsonNode value = object.remove(from);
    if (value != null) {
      object.set(to, value);
    }
  }
}
