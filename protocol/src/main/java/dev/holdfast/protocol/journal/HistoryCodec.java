package dev.holdfast.protocol.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** History records as JSON Lines. */
public final class HistoryCodec {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private HistoryCodec() {}

  /** One line, without its end. */
  public static String write(HistoryRecord r) {
    ObjectNode line = JSON.createObjectNode();
    line.put("v", HistoryRecord.VERSION);
    line.put("source", r.source().word());
    line.put("process", r.process());
    line.put("n", r.n());
    line.put("mono_ns", r.monoNs());
    line.put("wall", r.wall());
    putIfPresent(line, "session", r.session());
    putIfPresent(line, "connection", r.connection());
    line.put("kind", r.kind().word());
    line.put("op", r.op());
    putIfPresent(line, "cause", r.cause());
    line.set("data", JSON.valueToTree(r.data()));
    return line.toString();
  }

  private static void putIfPresent(ObjectNode line, String name, @Nullable String value) {
    if (value != null) {
      line.put(name, value);
    }
  }

  /**
   * Reads one line.
   *
   * @throws IllegalArgumentException if it is no history record of this version
   */
  public static HistoryRecord read(String line) {
    try {
      return read(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON line: " + e.getOriginalMessage(), e);
    }
  }

  private static HistoryRecord read(JsonNode line) {
    if (line.path("v").asInt() != HistoryRecord.VERSION) {
      throw new IllegalArgumentException("a history record needs \"v\":" + HistoryRecord.VERSION);
    }
    return new HistoryRecord(
        HistoryRecord.Source.valueOf(required(line, "source").toUpperCase(Locale.ROOT)),
        required(line, "process"),
        line.path("n").asLong(),
        line.path("mono_ns").asLong(),
        line.path("wall").asText(),
        optional(line, "session"),
        optional(line, "connection"),
        HistoryRecord.Kind.valueOf(required(line, "kind").toUpperCase(Locale.ROOT)),
        required(line, "op"),
        optional(line, "cause"),
        line.has("data") ? JSON.convertValue(line.get("data"), MAP) : Map.of());
  }

  private static String required(JsonNode line, String name) {
    if (!line.path(name).isTextual()) {
      throw new IllegalArgumentException("a history record needs the text '" + name + "'");
    }
    return line.get(name).textValue();
  }

  private static @Nullable String optional(JsonNode line, String name) {
    return line.path(name).isTextual() ? line.get(name).textValue() : null;
  }
}
