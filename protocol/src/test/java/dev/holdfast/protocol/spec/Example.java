package dev.holdfast.protocol.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One frame of an example conversation in {@code docs/protocol.md}. */
record Example(String profile, String side, JsonNode frame) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BLOCK = Pattern.compile("(?s)```json (\\w+)\n(.*?)```");

  static List<Example> all() {
    List<Example> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(Docs.read("protocol.md"));
    while (block.find()) {
      JsonNode said = parse(block.group(2));
      if (!block.group(1).equals("http")) {
        said.forEach(line -> examples.add(of(block.group(1), line)));
      }
    }
    return examples;
  }

  private static Example of(String profile, JsonNode line) {
    if (line.size() != 1) {
      throw new IllegalStateException("one frame a line, under the side that sends it: " + line);
    }
    Map.Entry<String, JsonNode> only = line.properties().iterator().next();
    return new Example(profile, only.getKey(), only.getValue());
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("an example in docs/protocol.md is no JSON", e);
    }
  }

  /** What kind of frame this is: its side, its type, and for a status which one. */
  String kind() {
    String type = frame.path("type").asText();
    String status = frame.path("data").path("status").asText();
    return side + " " + type + (type.equals("status") ? " " + status : "");
  }

  @Override
  public String toString() {
    return profile + ": " + kind();
  }
}
