package dev.holdfast.client.http;

import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.codec.JsonObject;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.ToolExecution;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what the server answers to {@code POST /api/chat}. */
final class ChatAnswer {
  private ChatAnswer() {}

  /** An answer that names a run ends it; without one, 4xx is a refusal and the rest a failure. */
  static PostResult read(String id, int status, @Nullable String retryAfter, String body) {
    JsonObject json = parse(body);
    boolean success = status >= 200 && status < 300;
    if (success && json.get("response") instanceof String) {
      return new PostResult.Ended(run(id, json, SnapshotRun.COMPLETED, null));
    }
    if (!success && json.get("run_id") instanceof String) {
      return new PostResult.Ended(run(id, json, SnapshotRun.FAILED, failure(json, status)));
    }
    if (status >= 400 && status < 500 && status != 408 && status != 429) {
      return new PostResult.Rejected(status, textOr(json, "code", "http_" + status));
    }
    return new PostResult.Failed(RetryAfter.millis(retryAfter));
  }

  /** What {@code GET /api/transport} said; null when that cannot be known. */
  static @Nullable Boolean websocket(int status, String body) {
    return switch (status == 200 ? parse(body).text("transport") : "") {
      case "websocket" -> true;
      case "http" -> false;
      default -> null;
    };
  }

  private static JsonObject parse(String body) {
    return Objects.requireNonNullElseGet(JsonObject.readOrNull(body), JsonObject::new);
  }

  private static String textOr(JsonObject json, String name, String otherwise) {
    return json.get(name) instanceof String text ? text : otherwise;
  }

  private static SnapshotRun run(
      String id, JsonObject json, String state, @Nullable Failure failure) {
    return new SnapshotRun(
        json.text("run_id"),
        id,
        state,
        json.text("response"),
        artifacts(json),
        tools(json),
        failure);
  }

  private static Failure failure(JsonObject json, int status) {
    return new Failure(
        textOr(json, "error", "HTTP status " + status),
        textOr(json, "code", "http_" + status),
        json.get("retryable") instanceof Boolean retryable ? retryable : null,
        Boolean.TRUE.equals(json.get("indeterminate")));
  }

  private static List<Message.Artifact> artifacts(JsonObject json) {
    return json.objects("artifacts").stream()
        .map(a ->
            new Message.Artifact(
                a.text("type"), Objects.requireNonNullElse(a.json("data"), "null")))
        .toList();
  }

  private static List<ToolExecution> tools(JsonObject json) {
    return json.objects("tools").stream()
        .map(t ->
            new ToolExecution(
                t.text("tool"),
                t.get("tool_call_id") instanceof String call ? call : null,
                t.text("status"),
                t.json("details")))
        .toList();
  }
}
