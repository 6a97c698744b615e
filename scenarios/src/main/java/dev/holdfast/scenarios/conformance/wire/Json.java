package dev.holdfast.scenarios.conformance.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Plain JSON, without any opinion on what a frame should look like. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static @Nullable JsonNode readOrNull(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A frame of this type with these fields of data, as name and value in turn. */
  public static ObjectNode frame(String type, Object... data) {
    ObjectNode frame = object().put("type", type);
    ObjectNode fields = frame.putObject("data");
    for (int i = 0; i < data.length; i += 2) {
      fields.set((String) data[i], MAPPER.valueToTree(data[i + 1]));
    }
    return frame;
  }
}
