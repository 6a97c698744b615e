package dev.holdfast.server.agent.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.protocol.frame.Message;
import java.util.List;

/** Something that the model may ask to have done. */
public interface Tool {

  String name();

  String description();

  /** What it takes, as a JSON Schema. */
  String parameters();

  /**
   * Does it.
   *
   * @throws IllegalArgumentException if it cannot be done with these arguments; the message is for
   *     the model
   */
  Result call(JsonNode arguments);

  /** What came of it: for the model, and for the person. */
  record Result(String json, List<Message.Artifact> artifacts) {
    public Result {
      artifacts = List.copyOf(artifacts);
    }
  }
}
