package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the client of one session remembers between its connections in profile resume: it says hello
 * and counts positions for a script that was written for core.
 */
final class Resumption {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> OF_A_MESSAGE =
      Set.of("content", "session_id", "message_history");
  private static final Set<String> RESUME_ALONE = Set.of("ack", "caught_up", "snapshot");

  private long attempt;
  private long got;
  private long sent;
  private int greetings;
  private @Nullable String token;
  private @Nullable String epoch;

  /** The next hello, which speaks of all that the script has looked at. */
  synchronized ObjectNode hello() {
    ObjectNode hello =
        Json.frame("status", "status", "hello", "client_id", "core-1", "attempt", ++attempt);
    ObjectNode data = (ObjectNode) hello.get("data");
    data.put("ack", got);
    if (token != null) {
      data.put("resume_token", token);
    }
    if (epoch != null) {
      data.put("epoch", epoch);
    }
    data.putArray("capabilities");
    return hello;
  }

  synchronized int greetings() {
    return greetings;
  }

  /** The token of the session, or null before the first greeting. */
  synchronized @Nullable String token() {
    return token;
  }

  /** A frame arrived, whether the script looks at it or not: a greeting tells token and epoch. */
  synchronized void arrived(Event.Text frame) {
    if (frame.isStatus("connected")) {
      token = frame.data("resume_token").asText(token);
      epoch = frame.data("epoch").asText(epoch);
      greetings++;
      notifyAll();
    }
  }

  /** Waits until a connection was greeted: a client says nothing before that. */
  synchronized void awaitGreeting(int before, long withinMs) throws InterruptedException {
    long until = System.nanoTime() + withinMs * 1_000_000;
    while (greetings == before) {
      long leftMs = (until - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        return;
      }
      wait(leftMs);
    }
  }

  /** The script looks at a frame; false for one that only profile resume has. */
  synchronized boolean shows(Event.Text frame) {
    if (frame.isStatus("connected") && frame.data("outcome").asText().equals("reset")) {
      got = frame.data("top_seq").asLong(got);
    }
    got = Math.max(got, frame.seq());
    boolean control = frame.type().equals("status");
    return !(control && RESUME_ALONE.contains(frame.data("status").asText()));
  }

  /** Gives the next position to a frame that must have one. */
  synchronized void position(ObjectNode frame) {
    if (frame.path("type").asText().equals("message") && !frame.has("seq")) {
      frame.put("seq", ++sent);
    }
  }

  /** The same for a text: one that is no good message stays as it is. */
  synchronized String positioned(String text) {
    boolean message = text.startsWith("{") && isMessage(text);
    return message ? "{\"seq\":" + ++sent + "," + text.substring(1) : text;
  }

  private static boolean isMessage(String text) {
    try {
      JsonNode frame = STRICT.readTree(text);
      JsonNode data = frame.path("data");
      boolean named = frame.path("id").isMissingNode() || frame.path("id").isTextual();
      boolean known = data.isNull();
      if (data.isObject()) {
        known = data.properties().stream().allMatch(f -> OF_A_MESSAGE.contains(f.getKey()));
      }
      return frame.path("type").asText().equals("message")
          && !frame.has("seq")
          && named
          && known
          && StandardCharsets.UTF_8.newEncoder().canEncode(data.path("content").asText());
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
