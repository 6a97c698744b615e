package dev.holdfast.protocol.codec;

import static dev.holdfast.protocol.codec.FrameWriter.text;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Writes the fields of {@code data}. */
final class BodyWriter {
  private BodyWriter() {}

  static void write(JsonGenerator json, Body body) throws IOException {
    switch (body) {
      case Message m -> message(json, m);
      case ToolExecution t -> tool(json, t);
      case Failure f -> failure(json, f);
      case Status s -> status(json, s);
      case Body.Ping p -> {}
      case Body.Pong p -> {}
    }
  }

  private static void message(JsonGenerator json, Message m) throws IOException {
    text(json, "role", m.role());
    text(json, "content", m.content());
    text(json, "session_id", m.sessionId());
    if (!m.history().isEmpty()) {
      json.writeArrayFieldStart("message_history");
      for (Message.Turn turn : m.history()) {
        json.writeStartObject();
        json.writeStringField("role", turn.role());
        json.writeStringField("content", turn.content());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (m.stream() != null) {
      json.writeObjectFieldStart("stream");
      json.writeStringField("state", word(m.stream().state()));
      json.writeNumberField("offset", m.stream().offset());
      json.writeEndObject();
    }
    text(json, "delta", m.delta());
    artifacts(json, m.artifacts());
  }

  private static void artifacts(JsonGenerator json, List<Message.Artifact> artifacts)
      throws IOException {
    if (artifacts.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("artifacts");
    for (Message.Artifact artifact : artifacts) {
      json.writeStartObject();
      json.writeStringField("type", artifact.type());
      json.writeFieldName("data");
      json.writeRawValue(artifact.json());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void tool(JsonGenerator json, ToolExecution t) throws IOException {
    json.writeStringField("tool", t.tool());
    text(json, "tool_call_id", t.callId());
    json.writeStringField("status", t.status());
    if (t.detailsJson() != null) {
      json.writeFieldName("details");
      json.writeRawValue(t.detailsJson());
    }
  }

  private static void failure(JsonGenerator json, Failure f) throws IOException {
    json.writeStringField("error", f.error());
    text(json, "code", f.code());
    if (f.retryable() != null) {
      json.writeBooleanField("retryable", f.retryable());
    }
    if (f.indeterminate()) {
      json.writeBooleanField("indeterminate", true);
    }
  }

  private static void status(JsonGenerator json, Status status) throws IOException {
    json.writeStringField("status", status.word());
    switch (status) {
      case Status.Connected c -> connected(json, c);
      case Status.Processing p -> processing(json, p);
      case Status.Hello h -> hello(json, h);
      case Status.Ack a -> {
        if (a.queued() > 0) {
          json.writeNumberField("queued", a.queued());
        }
        if (a.duplicate()) {
          json.writeBooleanField("duplicate", true);
        }
      }
      case Status.CaughtUp c -> json.writeNumberField("seq", c.seq());
      case Status.Snapshot s -> snapshot(json, s);
      case Status.Drain d -> json.writeNumberField("retry_after_ms", d.retryAfterMs());
      case Status.Cancel c -> text(json, "run_id", c.runId());
      case Status.Other o -> {}
    }
  }

  private static void connected(JsonGenerator json, Status.Connected c) throws IOException {
    text(json, "session_id", c.sessionId());
    json.writeNumberField("heartbeat_interval_ms", c.heartbeatIntervalMs());
    text(json, "message", c.message());
    if (c.resumption() != null) {
      resumption(json, c.resumption());
    }
  }

  private static void resumption(JsonGenerator json, Resumption r) throws IOException {
    json.writeStringField("outcome", word(r.outcome()));
    if (r.reason() != null) {
      json.writeStringField("reason", word(r.reason()));
      json.writeBooleanField("ids_kept", r.idsKept());
    }
    json.writeStringField("epoch", r.epoch());
    json.writeStringField("resume_token", r.resumeToken());
    json.writeNumberField("ack", r.ack());
    json.writeNumberField("top_seq", r.topSeq());
    json.writeNumberField("pong_timeout_ms", r.limits().pongTimeoutMs());
    json.writeNumberField("resume_ttl_ms", r.limits().resumeTtlMs());
    json.writeNumberField("run_timeout_ms", r.limits().runTimeoutMs());
    json.writeNumberField("replay_max_frames", r.limits().replayMaxFrames());
    json.writeNumberField("replay_max_bytes", r.limits().replayMaxBytes());
    json.writeNumberField("max_frame_bytes", r.limits().maxFrameBytes());
    json.writeNumberField("max_pending_runs", r.limits().maxPendingRuns());
    texts(json, "capabilities", r.capabilities());
  }

  private static void processing(JsonGenerator json, Status.Processing p) throws IOException {
    text(json, "stage", p.stage());
    text(json, "message", p.message());
    if (!p.tasks().isEmpty()) {
      texts(json, "tasks_identified", p.tasks());
    }
  }

  private static void hello(JsonGenerator json, Status.Hello h) throws IOException {
    json.writeStringField("client_id", h.clientId());
    json.writeNumberField("attempt", h.attempt());
    text(json, "resume_token", h.resumeToken());
    text(json, "epoch", h.epoch());
    json.writeNumberField("ack", h.ack());
    if (h.queued() > 0) {
      json.writeNumberField("queued", h.queued());
    }
    texts(json, "capabilities", h.capabilities());
  }

  private static void snapshot(JsonGenerator json, Status.Snapshot s) throws IOException {
    json.writeArrayFieldStart("runs");
    for (SnapshotRun run : s.runs()) {
      json.writeStartObject();
      json.writeStringField("run_id", run.runId());
      text(json, "message_id", run.messageId());
      json.writeStringField("state", run.state());
      json.writeStringField("text", run.text());
      artifacts(json, run.artifacts());
      tools(json, run.tools());
      if (run.error() != null) {
        json.writeObjectFieldStart("error");
        failure(json, run.error());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    if (s.truncated()) {
      json.writeBooleanField("truncated", true);
    }
  }

  private static void tools(JsonGenerator json, List<ToolExecution> tools) throws IOException {
    json.writeArrayFieldStart("tools");
    for (ToolExecution tool : tools) {
      json.writeStartObject();
      tool(json, tool);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
