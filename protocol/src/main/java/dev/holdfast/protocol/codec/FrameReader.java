package dev.holdfast.protocol.codec;

import dev.holdfast.protocol.Names;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.FrameType;
import org.jspecify.annotations.Nullable;

/** Reads one JSON value as a frame. */
final class FrameReader {
  private final JsonObject root;
  private final Codec.Reading reading;
  private final Fields fields;

  private FrameReader(JsonObject root, Codec.Reading reading) {
    this.root = root;
    this.reading = reading;
    this.fields = new Fields(root, reading);
  }

  static Decoded read(@Nullable Object value, Codec.Reading reading) {
    return value instanceof JsonObject root
        ? new FrameReader(root, reading).read()
        : new Decoded.Violation(
            ErrorCode.INVALID_FRAME, "A frame must be a JSON object", null, Envelope.ABSENT);
  }

  private Decoded read() {
    if (!(root.get("type") instanceof String word)) {
      return violation(ErrorCode.INVALID_FRAME, "'type' must be a string");
    }
    FrameType type = FrameType.of(word);
    if (type == null) {
      return violation(ErrorCode.UNKNOWN_TYPE, "This frame type is not known");
    }
    try {
      Fields data = data();
      return new Decoded.Ok(new Frame(envelope(data), body(type, data)));
    } catch (Malformed e) {
      return violation(ErrorCode.INVALID_FRAME, e.explanation());
    }
  }

  private Envelope envelope(Fields data) throws Malformed {
    return new Envelope(
        fields.text("timestamp"),
        fields.name("session_id"),
        fields.name("id"),
        fields.position("seq"),
        fields.position("ack"),
        fields.name("reply_to"),
        fields.text("run_id"),
        fields.isTrue("replay"),
        data.text("origin"));
  }

  private Body body(FrameType type, Fields content) throws Malformed {
    BodyReader data = new BodyReader(content);
    return switch (type) {
      case MESSAGE -> data.message();
      case TOOL_EXECUTION -> data.toolExecution();
      case STATUS -> data.status(fields);
      case ERROR -> data.failure();
      case PING -> new Body.Ping();
      case PONG -> new Body.Pong();
    };
  }

  private Fields data() throws Malformed {
    Object data = fields.value("data");
    if (data != null && !(data instanceof JsonObject)) {
      throw new Malformed("'data' must be an object or null");
    }
    return new Fields(data == null ? new JsonObject() : (JsonObject) data, reading);
  }

  /** What is wrong, with as much of the frame's identity as can still be read. */
  private Decoded violation(String code, String message) {
    return new Decoded.Violation(code, message, readableId(), readableSeq());
  }

  private @Nullable String readableId() {
    return root.get("id") instanceof String id && Names.valid(id) ? id : null;
  }

  private long readableSeq() {
    return root.get("seq") instanceof Long seq && seq > 0 ? seq : Envelope.ABSENT;
  }
}
