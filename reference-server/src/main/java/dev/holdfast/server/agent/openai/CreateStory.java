package dev.holdfast.server.agent.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.protocol.frame.Message;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Writes a story down; the person gets it as an artifact. */
final class CreateStory implements Tool {
  private static final int LONGEST = 500;

  private final AtomicLong count = new AtomicLong();

  @Override
  public String name() {
    return "create_story";
  }

  @Override
  public String description() {
    return "Creates a user story and returns its key.";
  }

  @Override
  public String parameters() {
    return """
    {"type":"object","properties":{"title":{"type":"string"},
    "priority":{"type":"string","enum":["P0","P1","P2","P3","P4"]}},"required":["title"]}\
    """;
  }

  @Override
  public Result call(JsonNode arguments) {
    String title = arguments.path("title").asText("");
    if (title.isBlank() || title.length() > LONGEST) {
      throw new IllegalArgumentException("'title' must be a text of 1 to " + LONGEST);
    }
    ObjectNode story = JsonNodeFactory.instance.objectNode();
    story.put("key", "TEST-" + count.incrementAndGet()).put("title", title);
    story.put("priority", arguments.path("priority").asText("P2"));
    String json = story.toString();
    return new Result(json, List.of(new Message.Artifact("story", json)));
  }
}
