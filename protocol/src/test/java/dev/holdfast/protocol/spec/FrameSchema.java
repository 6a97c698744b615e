package dev.holdfast.protocol.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The published JSON Schemas. The validator speaks another Jackson, so it is handed text. */
public final class FrameSchema {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> COMPILED = new ConcurrentHashMap<>();

  private FrameSchema() {}

  static ObjectNode text(String side) {
    String file = side.equals("client") ? "client-to-server.json" : "server-to-client.json";
    return (ObjectNode) Example.parse(Docs.read("schemas/" + file));
  }

  /** What the schema of {@code entry}, a name in {@code $defs}, finds wrong with the frame. */
  public static List<String> complaints(String side, String entry, JsonNode frame) {
    Schema schema =
        COMPILED.computeIfAbsent(side + " " + entry, key -> REGISTRY.getSchema(at(side, entry)));
    return schema.validate(frame.toString(), InputFormat.JSON).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  /** What the file as a whole finds wrong with the frame. */
  static List<String> complaints(String side, JsonNode frame) {
    Schema schema =
        COMPILED.computeIfAbsent(side, key -> REGISTRY.getSchema(text(side).toString()));
    return schema.validate(frame.toString(), InputFormat.JSON).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  private static String at(String side, String entry) {
    ObjectNode schema = text(side);
    schema.remove("anyOf");
    schema.put("$ref", "#/$defs/" + entry);
    return schema.toString();
  }
}
