package dev.holdfast.protocol.codec;

import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;

/** Writes a frame as JSON: type, data and timestamp first, then what else the envelope carries. */
final class FrameWriter {
  private FrameWriter() {}

  static JsonText write(Frame frame) {
    JsonText json = new JsonText();
    json.object().field("type", frame.type().word()).object("data");
    BodyWriter.write(json, frame.body());
    json.field("origin", frame.envelope().origin());
    json.endObject();
    envelope(json, frame.envelope());
    return json.endObject();
  }

  private static void envelope(JsonText json, Envelope envelope) {
    json.field("timestamp", envelope.timestamp());
    json.field("session_id", envelope.sessionId());
    json.field("id", envelope.id());
    position(json, "seq", envelope.seq());
    position(json, "ack", envelope.ack());
    json.field("reply_to", envelope.replyTo());
    json.field("run_id", envelope.runId());
    if (envelope.replay()) {
      json.field("replay", true);
    }
  }

  private static void position(JsonText json, String name, long value) {
    if (value != Envelope.ABSENT) {
      json.field(name, value);
    }
  }
}
