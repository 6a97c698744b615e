package dev.holdfast.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.HttpReply;
import org.jspecify.annotations.Nullable;

/** The machine's reply to a POST as an HTTP answer. */
final class ChatReplies {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChatReplies() {}

  static Answer answer(HttpReply reply, String sessionId) {
    return switch (reply) {
      case HttpReply.Refused r -> Answer.error(r.status(), r.code(), r.error());
      case HttpReply.Pushed p -> pushed(p, sessionId);
      case HttpReply.Ended ended -> ended(ended, sessionId);
    };
  }

  private static Answer pushed(HttpReply.Pushed taken, String sessionId) {
    ObjectNode body = JSON.createObjectNode().put("session_id", sessionId);
    body.put("run_id", taken.runId()).put("duplicate", taken.duplicate());
    return Answer.json(taken.status(), body);
  }

  private static Answer ended(HttpReply.Ended ended, String sessionId) {
    SnapshotRun run = ended.run();
    Failure error = run.error();
    if (error == null) {
      return Answer.json(ended.status(), result(run, sessionId));
    }
    ObjectNode body =
        Answer.errorBody(error.code() == null ? "agent_failed" : error.code(), error.error());
    body.put("session_id", sessionId).put("run_id", run.runId());
    if (error.retryable() != null) {
      body.put("retryable", error.retryable());
    }
    if (error.indeterminate()) {
      body.put("indeterminate", true);
    }
    Answer answer = Answer.json(ended.status(), body);
    return ended.status() == 503 ? answer.with("Retry-After", "1") : answer;
  }

  private static ObjectNode result(SnapshotRun run, String sessionId) {
    ObjectNode body = JSON.createObjectNode().put("response", run.text());
    ArrayNode artifacts = body.putArray("artifacts");
    for (Message.Artifact artifact : run.artifacts()) {
      artifacts.addObject().put("type", artifact.type()).set("data", tree(artifact.json()));
    }
    body.put("session_id", sessionId).put("run_id", run.runId());
    ArrayNode tools = body.putArray("tools");
    for (ToolExecution tool : run.tools()) {
      ObjectNode entry = tools.addObject().put("tool", tool.tool());
      entry.put("tool_call_id", tool.callId()).put("status", tool.status());
      entry.set("details", tree(tool.detailsJson()));
    }
    return body;
  }

  private static JsonNode tree(@Nullable String json) {
    try {
      return JSON.readTree(json == null ? "null" : json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the agent's JSON is none", e);
    }
  }
}
