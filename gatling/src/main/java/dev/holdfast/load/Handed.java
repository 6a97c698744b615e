package dev.holdfast.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.client.access.Access;
import dev.holdfast.client.access.Trust;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server needs beside its address, handed to an injector's JVM by its environment: values of
 * headers may be secrets, which belong neither into a file nor on a command line.
 */
final class Handed {
  private static final String VARIABLE = "HOLDFAST_LOAD_ACCESS";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What this injector was handed. */
  static final Access ACCESS = read(System.getenv(VARIABLE));

  private Handed() {}

  /** The environment that hands it over. */
  static Map<String, String> environment(Access access) {
    ObjectNode json = JSON.createObjectNode();
    access.headers().forEach(json.putObject("headers")::put);
    json.put("ca", access.trust().ca() == null ? null : access.trust().ca().toString());
    json.put("any", access.trust().any());
    return Map.of(VARIABLE, json.toString());
  }

  private static Access read(@Nullable String text) {
    if (text == null) {
      return Access.NONE;
    }
    try {
      JsonNode json = JSON.readTree(text);
      Map<String, String> headers = new LinkedHashMap<>();
      json.path("headers")
          .properties()
          .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
      Path ca = json.path("ca").isTextual() ? Path.of(json.path("ca").asText()) : null;
      return new Access(headers, new Trust(ca, json.path("any").asBoolean()), null);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(VARIABLE + " is not what an injector is handed", e);
    }
  }
}
