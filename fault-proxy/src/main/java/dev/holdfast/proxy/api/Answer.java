package dev.holdfast.proxy.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What goes back for a call: status, content type and body. */
record Answer(int status, String contentType, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXT = "text/plain; charset=utf-8";

  static Answer json(int status, JsonNode body) {
    try {
      return new Answer(status, "application/json", JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Answer text(int status, String body) {
    return new Answer(status, TEXT, body);
  }

  static Answer noContent() {
    return text(204, "");
  }

  static Answer error(ApiError error) {
    return json(
        error.status(),
        JsonNodeFactory.instance
            .objectNode()
            .put("error", error.getMessage())
            .put("status", error.status()));
  }
}
