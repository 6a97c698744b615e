package dev.holdfast.protocol.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes a frame as JSON: type, data and timestamp first, then what else the envelope carries. */
final class FrameWriter {
  private FrameWriter() {}

  static String write(JsonFactory factory, Frame frame) {
    StringWriter text = new StringWriter(192);
    try (JsonGenerator json = factory.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", frame.type().word());
      json.writeFieldName("data");
      json.writeStartObject();
      BodyWriter.write(json, frame.body());
      json.writeEndObject();
      envelope(json, frame.envelope());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a frame could not be written to memory", e);
    }
    return text.toString();
  }

  private static void envelope(JsonGenerator json, Envelope envelope) throws IOException {
    text(json, "timestamp", envelope.timestamp());
    text(json, "session_id", envelope.sessionId());
    text(json, "id", envelope.id());
    position(json, "seq", envelope.seq());
    position(json, "ack", envelope.ack());
    text(json, "reply_to", envelope.replyTo());
    text(json, "run_id", envelope.runId());
    if (envelope.replay()) {
      json.writeBooleanField("replay", true);
    }
  }

  static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void position(JsonGenerator json, String name, long value) throws IOException {
    if (value != Envelope.ABSENT) {
      json.writeNumberField(name, value);
    }
  }
}
