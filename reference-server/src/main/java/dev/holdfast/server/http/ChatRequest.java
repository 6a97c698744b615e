package dev.holdfast.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.protocol.Names;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.frame.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/chat}, read.
 *
 * @param message null when it is missing or no text: the session's machine says what that means
 */
record ChatRequest(
    @Nullable String message,
    @Nullable String sessionId,
    @Nullable String userId,
    @Nullable String id,
    List<Message.Turn> history) {

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Codec.MAX_DEPTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A body that cannot be used: carries what to answer, and costs no stack trace. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String error;

    Unusable(String code, String error) {
      super(error, null, false, false);
      this.code = code;
      this.error = error;
    }

    Answer answer() {
      return Answer.error(400, code, error);
    }
  }

  static JsonNode object(byte[] body) throws Unusable {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new Unusable("invalid_json", "The body is no JSON text.");
    } catch (IOException e) {
      throw new Unusable("invalid_json", "The body is no UTF-8 text.");
    }
    if (root == null || !root.isObject()) {
      throw new Unusable("invalid_request", "The body must be a JSON object.");
    }
    return root;
  }

  static ChatRequest of(byte[] body) throws Unusable {
    JsonNode root = object(body);
    JsonNode message = root.get("message");
    String text = message != null && message.isTextual() ? message.textValue() : null;
    if (text != null && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new Unusable("invalid_json", "A \\u escape is half of a surrogate pair.");
    }
    return new ChatRequest(
        text,
        name(root, "session_id", "bad_session_id"),
        name(root, "user_id", "bad_session_id"),
        name(root, "id", "invalid_request"),
        history(root.get("message_history")));
  }

  private static @Nullable String name(JsonNode root, String field, String code) throws Unusable {
    JsonNode value = root.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || !Names.valid(value.textValue())) {
      throw new Unusable(code, "'" + field + "' must be 1 to 128 of A-Z a-z 0-9 . _ -");
    }
    return value.textValue();
  }

  private static List<Message.Turn> history(@Nullable JsonNode turns) throws Unusable {
    List<Message.Turn> history = new ArrayList<>();
    if (turns == null || turns.isNull()) {
      return history;
    }
    if (!turns.isArray()) {
      throw new Unusable("invalid_request", "'message_history' must be a list of turns.");
    }
    for (JsonNode turn : turns) {
      if (!turn.path("role").isTextual() || !turn.path("content").isTextual()) {
        throw new Unusable("invalid_request", "A turn needs the texts 'role' and 'content'.");
      }
      history.add(new Message.Turn(turn.get("role").textValue(), turn.get("content").textValue()));
    }
    return history;
  }
}
