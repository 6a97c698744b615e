package dev.holdfast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole HTTP answer. */
public record Answer(int status, String contentType, String body, Map<String, String> headers) {
  static final String JSON = "application/json; charset=utf-8";

  static Answer json(int status, JsonNode body) {
    return new Answer(status, JSON, body.toString(), Map.of());
  }

  static Answer text(String contentType, String body) {
    return new Answer(200, contentType, body, Map.of());
  }

  static Answer empty(int status) {
    return new Answer(status, JSON, "", Map.of());
  }

  /** What went wrong, in words for people and a code for programs. */
  static Answer error(int status, String code, String error) {
    Answer answer = json(status, errorBody(code, error));
    return status == 503 || status == 429 ? answer.with("Retry-After", "1") : answer;
  }

  static ObjectNode errorBody(String code, String error) {
    return JsonNodeFactory.instance.objectNode().put("error", error).put("code", code);
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, body, more);
  }
}
