package dev.holdfast.scenarios.honest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.broken.Meddling;
import dev.holdfast.scenarios.broken.WireFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Unusual and legitimate manners, put in front of the reference server. */
final class OddWire {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper PRETTY =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();
  private static final int PING = 9;
  private static final String MORE = " and so on".repeat(20_000);
  private static final List<String> NAMES = List.of("id", "reply_to", "run_id", "session_id");
  private static final List<String> OPTIONAL = List.of("id", "reply_to", "run_id", "seq", "replay");

  private OddWire() {}

  static Meddling pongsWithoutReplyTo() {
    return frames(frame -> isOfType(frame, "pong") ? frame.without("reply_to") : frame);
  }

  /** Optional fields that the frame does not have are there as null. */
  static Meddling nullFields() {
    return frames(frame -> {
      OPTIONAL.stream().filter(name -> !frame.has(name)).forEach(frame::putNull);
      return frame;
    });
  }

  static Meddling anonymous() {
    return frames(frame -> frame.without(NAMES));
  }

  /** Answers carry 200,000 characters more, by whichever way they come. */
  static Meddling longTexts() {
    return new Meddling() {
      @Override
      public List<WireFrame> toPeer(Line line, WireFrame frame) {
        return List.of(frame.is(WireFrame.TEXT) ? WireFrame.text(longer(frame.text())) : frame);
      }

      @Override
      public String body(String request, String body) {
        return request.startsWith("POST /api/chat") ? longer(body) : body;
      }
    };
  }

  private static String longer(String text) {
    ObjectNode all = read(text);
    if (isOfType(all, "message") && all.path("data") instanceof ObjectNode data) {
      data.put("content", data.path("content").asText() + MORE);
    }
    if (all.has("response")) {
      all.put("response", all.path("response").asText() + MORE);
    }
    return written(JSON, all);
  }

  /** Indented over many lines, everything beyond ASCII escaped, the fields in the other order. */
  static Meddling prettyPrinted() {
    return texts(text -> {
      ObjectNode reversed = JSON.createObjectNode();
      List<String> names = new ArrayList<>();
      ObjectNode frame = read(text);
      frame.fieldNames().forEachRemaining(names::add);
      names.reversed().forEach(name -> reversed.set(name, frame.get(name)));
      return written(PRETTY, reversed);
    });
  }

  /** A ping of the WebSocket protocol goes before each text. */
  static Meddling controlPings() {
    return new Meddling() {
      @Override
      public List<WireFrame> toPeer(Line line, WireFrame frame) {
        WireFrame ping = WireFrame.text("are you there").as(true, PING);
        return frame.is(WireFrame.TEXT) ? List.of(ping, frame) : List.of(frame);
      }
    };
  }

  private static boolean isOfType(ObjectNode frame, String type) {
    return frame.path("type").asText().equals(type);
  }

  private static Meddling frames(UnaryOperator<ObjectNode> change) {
    return texts(text -> written(JSON, change.apply(read(text))));
  }

  private static Meddling texts(UnaryOperator<String> change) {
    return new Meddling() {
      @Override
      public List<WireFrame> toPeer(Line line, WireFrame frame) {
        return List.of(
            frame.is(WireFrame.TEXT) ? WireFrame.text(change.apply(frame.text())) : frame);
      }
    };
  }

  private static ObjectNode read(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the reference sent " + text, e);
    }
  }

  private static String written(ObjectMapper mapper, JsonNode frame) {
    try {
      return mapper.writeValueAsString(frame);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
