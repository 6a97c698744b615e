package dev.holdfast.protocol.codec;

import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;

/**
 * Writes frames as JSON: type, data and timestamp first, then what else the envelope carries. Used
 * by one thread at a time; frames that are written one after the other have much in common.
 */
final class FrameWriter {
  private final JsonText json = new JsonText();
  private final JsonText.Recurring timestamp = new JsonText.Recurring("timestamp");
  private final JsonText.Recurring sessionId = new JsonText.Recurring("session_id");
  private final JsonText.Recurring replyTo = new JsonText.Recurring("reply_to");
  private final JsonText.Recurring runId = new JsonText.Recurring("run_id");

  /** The frame's text, good until the next one is written. */
  JsonText write(Frame frame) {
    json.clear();
    json.object().field("type", frame.type().word()).object("data");
    BodyWriter.write(json, frame.body());
    json.field("origin", frame.envelope().origin());
    json.endObject();
    envelope(frame.envelope());
    return json.endObject();
  }

  private void envelope(Envelope envelope) {
    json.field(timestamp, envelope.timestamp());
    json.field(sessionId, envelope.sessionId());
    json.field("id", envelope.id());
    position("seq", envelope.seq());
    position("ack", envelope.ack());
    json.field(replyTo, envelope.replyTo());
    json.field(runId, envelope.runId());
    if (envelope.replay()) {
      json.field("replay", true);
    }
  }

  private void position(String name, long value) {
    if (value != Envelope.ABSENT) {
      json.field(name, value);
    }
  }
}
