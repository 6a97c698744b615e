package dev.holdfast.protocol.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Frame;

/** Turns text into frames and frames into text. Never throws for what a peer wrote. */
public final class Codec {
  /** Nested deeper than this, a frame is no valid JSON to us. */
  public static final int MAX_DEPTH = 64;

  private static final ObjectMapper JSON = mapper();

  private Codec() {}

  /** How much of a peer's freedom is accepted. */
  public enum Reading {
    /** Every field that this version knows must be of its kind. */
    STRICT,
    /** Optional fields of another kind count as absent: a plain server may use the names freely. */
    TOLERANT
  }

  public static String encode(Frame frame) {
    return FrameWriter.write(frame);
  }

  public static Decoded decode(String text, Reading reading) {
    if (LoneSurrogates.in(text)) {
      return invalidJson("a \\u escape is half of a surrogate pair");
    }
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return invalidJson(reason(e));
    }
    if (root == null || root.isMissingNode()) {
      return invalidJson("the frame is empty");
    }
    return new FrameReader(root, reading).read();
  }

  private static Decoded invalidJson(String why) {
    return new Decoded.Violation(ErrorCode.INVALID_JSON, "Not a JSON text: " + why, null, -1);
  }

  /** Where the text went wrong, without the parser's own words, which name classes. */
  private static String reason(JsonProcessingException e) {
    if (e.getOriginalMessage().startsWith("Duplicate field")) {
      return "a key stands twice in one object";
    }
    if (e.getOriginalMessage().contains("nesting depth")) {
      return "nested deeper than " + MAX_DEPTH;
    }
    var where = e.getLocation();
    return where == null ? "malformed" : "malformed at column " + where.getColumnNr();
  }

  private static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .build();
  }
}
