package dev.holdfast.client.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.ToolExecution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the server answers to {@code POST /api/chat}. */
final class ChatAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChatAnswer() {}

  /** An answer that names a run ends it; without one, 4xx is a refusal and the rest a failure. */
  static PostResult read(String id, int status, @Nullable String retryAfter, String body) {
    JsonNode json = parse(body);
    boolean success = status >= 200 && status < 300;
    if (success && json.path("response").isTextual()) {
      return new PostResult.Ended(run(id, json, SnapshotRun.COMPLETED, null));
    }
    if (!success && json.path("run_id").isTextual()) {
      return new PostResult.Ended(run(id, json, SnapshotRun.FAILED, failure(json, status)));
    }
    if (status >= 400 && status < 500 && status != 408 && status != 429) {
      return new PostResult.Rejected(status, json.path("code").asText("http_" + status));
    }
    return new PostResult.Failed(RetryAfter.millis(retryAfter));
  }

  /** What {@code GET /api/transport} said; null when that cannot be known. */
  static @Nullable Boolean websocket(int status, String body) {
    return switch (status == 200 ? parse(body).path("transport").asText() : "") {
      case "websocket" -> true;
      case "http" -> false;
      default -> null;
    };
  }

  private static JsonNode parse(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static SnapshotRun run(
      String id, JsonNode json, String state, @Nullable Failure failure) {
    return new SnapshotRun(
        json.path("run_id").asText(""),
        id,
        state,
        json.path("response").asText(""),
        artifacts(json),
        tools(json),
        failure);
  }

  private static Failure failure(JsonNode json, int status) {
    JsonNode retryable = json.path("retryable");
    return new Failure(
        json.path("error").asText("HTTP status " + status),
        json.path("code").asText("http_" + status),
        retryable.isBoolean() ? retryable.booleanValue() : null,
        json.path("indeterminate").asBoolean(false));
  }

  private static List<Message.Artifact> artifacts(JsonNode json) {
    List<Message.Artifact> artifacts = new ArrayList<>();
    for (JsonNode artifact : json.path("artifacts")) {
      artifacts.add(
          new Message.Artifact(
              artifact.path("type").asText(""),
              artifact.has("data") ? artifact.get("data").toString() : "null"));
    }
    return artifacts;
  }

  private static List<ToolExecution> tools(JsonNode json) {
    List<ToolExecution> tools = new ArrayList<>();
    for (JsonNode tool : json.path("tools")) {
      tools.add(
          new ToolExecution(
              tool.path("tool").asText(""),
              tool.path("tool_call_id").asText(null),
              tool.path("status").asText(""),
              tool.has("details") ? tool.get("details").toString() : null));
    }
    return tools;
  }
}
