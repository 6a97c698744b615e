package dev.holdfast.protocol.codec;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Member;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import java.util.List;
import java.util.Locale;

/** Writes the fields of {@code data}. */
final class BodyWriter {
  private BodyWriter() {}

  static void write(JsonText json, Body body) {
    switch (body) {
      case Message m -> message(json, m);
      case ToolExecution t -> tool(json, t);
      case Failure f -> failure(json, f);
      case Status s -> status(json, s);
      case Body.Ping p -> {}
      case Body.Pong p -> {}
    }
  }

  private static void message(JsonText json, Message m) {
    json.field("role", m.role());
    json.field("content", m.content());
    json.field("session_id", m.sessionId());
    if (!m.history().isEmpty()) {
      json.array("message_history");
      for (Message.Turn turn : m.history()) {
        json.object();
        json.field("role", turn.role());
        json.field("content", turn.content());
        json.endObject();
      }
      json.endArray();
    }
    if (m.stream() != null) {
      json.object("stream");
      json.field("state", word(m.stream().state()));
      json.field("offset", m.stream().offset());
      json.endObject();
    }
    json.field("delta", m.delta());
    artifacts(json, m.artifacts());
  }

  private static void artifacts(JsonText json, List<Message.Artifact> artifacts) {
    if (artifacts.isEmpty()) {
      return;
    }
    json.array("artifacts");
    for (Message.Artifact artifact : artifacts) {
      json.object();
      json.field("type", artifact.type());
      json.raw("data", artifact.json());
      json.endObject();
    }
    json.endArray();
  }

  private static void tool(JsonText json, ToolExecution t) {
    json.field("tool", t.tool());
    json.field("tool_call_id", t.callId());
    json.field("status", t.status());
    if (t.detailsJson() != null) {
      json.raw("details", t.detailsJson());
    }
  }

  private static void failure(JsonText json, Failure f) {
    json.field("error", f.error());
    json.field("code", f.code());
    if (f.retryable() != null) {
      json.field("retryable", f.retryable());
    }
    if (f.indeterminate()) {
      json.field("indeterminate", true);
    }
  }

  private static void status(JsonText json, Status status) {
    json.field("status", status.word());
    switch (status) {
      case Status.Connected c -> connected(json, c);
      case Status.Processing p -> processing(json, p);
      case Status.Hello h -> hello(json, h);
      case Status.Ack a -> {
        if (a.queued() > 0) {
          json.field("queued", a.queued());
        }
        if (a.duplicate()) {
          json.field("duplicate", true);
        }
      }
      case Status.CaughtUp c -> json.field("seq", c.seq());
      case Status.Snapshot s -> snapshot(json, s);
      case Status.Drain d -> json.field("retry_after_ms", d.retryAfterMs());
      case Status.Cancel c -> json.field("run_id", c.runId());
      case Status.Presence p -> presence(json, p);
      case Status.Other o -> {}
    }
  }

  private static void presence(JsonText json, Status.Presence p) {
    json.array("members");
    for (Member member : p.members()) {
      json.object();
      json.field("user_id", member.userId());
      json.field("connections", member.connections());
      json.field("since", member.since());
      json.endObject();
    }
    json.endArray();
  }

  private static void connected(JsonText json, Status.Connected c) {
    json.field("session_id", c.sessionId());
    json.field("heartbeat_interval_ms", c.heartbeatIntervalMs());
    json.field("message", c.message());
    if (c.resumption() != null) {
      resumption(json, c.resumption());
    }
  }

  private static void resumption(JsonText json, Resumption r) {
    json.field("outcome", word(r.outcome()));
    if (r.reason() != null) {
      json.field("reason", word(r.reason()));
      json.field("ids_kept", r.idsKept());
    }
    json.field("epoch", r.epoch());
    json.field("resume_token", r.resumeToken());
    json.field("ack", r.ack());
    json.field("top_seq", r.topSeq());
    json.field("pong_timeout_ms", r.limits().pongTimeoutMs());
    json.field("resume_ttl_ms", r.limits().resumeTtlMs());
    json.field("run_timeout_ms", r.limits().runTimeoutMs());
    json.field("replay_max_frames", r.limits().replayMaxFrames());
    json.field("replay_max_bytes", r.limits().replayMaxBytes());
    json.field("max_frame_bytes", r.limits().maxFrameBytes());
    json.field("max_pending_runs", r.limits().maxPendingRuns());
    texts(json, "capabilities", r.capabilities());
  }

  private static void processing(JsonText json, Status.Processing p) {
    json.field("stage", p.stage());
    json.field("message", p.message());
    if (!p.tasks().isEmpty()) {
      texts(json, "tasks_identified", p.tasks());
    }
  }

  private static void hello(JsonText json, Status.Hello h) {
    json.field("client_id", h.clientId());
    json.field("attempt", h.attempt());
    json.field("resume_token", h.resumeToken());
    json.field("epoch", h.epoch());
    json.field("ack", h.ack());
    if (h.queued() > 0) {
      json.field("queued", h.queued());
    }
    texts(json, "capabilities", h.capabilities());
  }

  private static void snapshot(JsonText json, Status.Snapshot s) {
    json.array("runs");
    for (SnapshotRun run : s.runs()) {
      json.object();
      json.field("run_id", run.runId());
      json.field("message_id", run.messageId());
      json.field("state", run.state());
      json.field("text", run.text());
      artifacts(json, run.artifacts());
      tools(json, run.tools());
      if (run.error() != null) {
        json.object("error");
        failure(json, run.error());
        json.endObject();
      }
      json.endObject();
    }
    json.endArray();
    if (s.truncated()) {
      json.field("truncated", true);
    }
  }

  private static void tools(JsonText json, List<ToolExecution> tools) {
    json.array("tools");
    for (ToolExecution tool : tools) {
      json.object();
      tool(json, tool);
      json.endObject();
    }
    json.endArray();
  }

  private static void texts(JsonText json, String name, List<String> texts) {
    json.array(name);
    for (String text : texts) {
      json.element(text);
    }
    json.endArray();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
