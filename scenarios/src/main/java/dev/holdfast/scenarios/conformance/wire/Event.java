package dev.holdfast.scenarios.conformance.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Something that a connection brought. */
public sealed interface Event {

  /** Milliseconds since the case began. */
  long atMs();

  /** A text frame; {@code json} is missing when it is no JSON. */
  record Text(long atMs, String text, JsonNode json) implements Event {

    public String type() {
      return json.path("type").asText("");
    }

    /** The field of {@code data}, or a missing node. */
    public JsonNode data(String field) {
      return json.path("data").path(field);
    }

    public boolean isStatus(String word) {
      return type().equals("status") && data("status").asText("").equals(word);
    }

    public boolean isError(String code) {
      return type().equals("error") && data("code").asText("").equals(code);
    }

    /** A whole answer: neither a streamed piece nor the echo of another tab. */
    public boolean isAnswer() {
      return type().equals("message")
          && data("content").isTextual()
          && data("stream").isMissingNode()
          && !data("role").asText("").equals("user");
    }

    /** Whether it belongs to a run: progress, a tool, a piece, or its end. */
    public boolean isOfRun() {
      return type().equals("message")
          || type().equals("tool_execution")
          || isStatus("processing")
          || (type().equals("error") && json.hasNonNull("run_id"));
    }

    /** An answer or an error. */
    public boolean isEnd() {
      return isAnswer() || type().equals("error");
    }

    /** Its position, or 0 when it has none. */
    public long seq() {
      return json.path("seq").asLong(0);
    }

    public boolean isReplay() {
      return json.path("replay").asBoolean(false);
    }

    /** A field beside {@code type}, as text; empty when there is none. */
    public String field(String name) {
      return json.path(name).asText("");
    }

    /** The same frame in other words. */
    public Text reading(JsonNode other) {
      return new Text(atMs, text, other);
    }

    public static Text of(long atMs, String text) {
      JsonNode json = Json.readOrNull(text);
      return new Text(atMs, text, json == null ? MissingNode.getInstance() : json);
    }
  }

  /** A binary frame, which no server of this protocol sends. */
  record Binary(long atMs, int bytes) implements Event {}

  /** A close frame, or 1006 when the connection ended without one. */
  record Closed(long atMs, int code, String reason) implements Event {

    /** What the payload of a close frame says; 1005 stands for a code that is left out. */
    static Closed of(long atMs, byte[] payload) {
      ByteBuffer buffer = ByteBuffer.wrap(payload);
      int code = buffer.remaining() >= 2 ? buffer.getShort() & 0xffff : 1005;
      String reason = StandardCharsets.UTF_8.decode(buffer).toString();
      return new Closed(atMs, code, reason);
    }
  }
}
