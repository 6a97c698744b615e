package dev.holdfast.protocol.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AsyncApiTest {
  private final JsonNode document = read();

  @Test
  void everyReferenceResolves() {
    List<String> broken = new ArrayList<>();
    for (JsonNode ref : document.findValues("$ref")) {
      if (target(ref.asText()).isMissingNode()) {
        broken.add(ref.asText());
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void everyMessageHasItsSchemaAndIsSentOrReceived() {
    Set<String> unused = new HashSet<>();
    document.path("components").path("messages").fieldNames().forEachRemaining(unused::add);
    assertFalse(unused.isEmpty());
    for (JsonNode operation : document.path("operations")) {
      for (JsonNode message : operation.path("messages")) {
        String ref = message.path("$ref").asText();
        unused.remove(ref.substring(ref.lastIndexOf('/') + 1));
      }
    }
    assertEquals(Set.of(), unused);
  }

  @Test
  void everyFrameOfTheSchemasIsAMessage() {
    Set<String> payloads = new HashSet<>();
    for (JsonNode message : document.path("components").path("messages")) {
      payloads.add(message.path("payload").path("$ref").asText());
    }
    for (String side : List.of("client", "server")) {
      for (String profile : List.of("core", "resume")) {
        assertEquals(List.of(), missing(side, profile, payloads), side + " " + profile);
      }
    }
  }

  /** What a profile's schema dispatches to, and no message of the document stands for. */
  private static List<String> missing(String side, String profile, Set<String> payloads) {
    JsonNode defs = FrameSchema.text(side).path("$defs");
    List<JsonNode> branches = new ArrayList<>(defs.path(profile).findValues("then"));
    branches.addAll(defs.path("status-" + profile).findValues("then"));
    String file = side.equals("client") ? "client-to-server.json" : "server-to-client.json";
    return branches.stream()
        .map(then -> "./schemas/" + file + then.path("$ref").asText())
        .filter(ref -> !ref.endsWith("/status-" + profile) && !payloads.contains(ref))
        .toList();
  }

  private JsonNode target(String ref) {
    if (ref.startsWith("#")) {
      return document.at(ref.substring(1));
    }
    String side = ref.contains("client-to-server.json") ? "client" : "server";
    return FrameSchema.text(side).at(ref.substring(ref.indexOf('#') + 1));
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Docs.read("asyncapi.yaml"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("docs/asyncapi.yaml is no YAML", e);
    }
  }
}
