package dev.holdfast.server.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.server.AuditField;
import dev.holdfast.protocol.server.Connection;
import dev.holdfast.protocol.server.Run;
import dev.holdfast.protocol.server.SessionState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What the server is doing now, as JSON; no token and no content is in it. */
public final class Overview {
  private static final int SHOWN_SESSIONS = 50;
  private static final long NANOS_PER_MS = 1_000_000;

  private Overview() {}

  public static ObjectNode of(
      Collection<SessionState> sessions, RecentEvents events, FaultPanel panel) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("session_count", sessions.size()).put("chat_url", panel.chatUrl());
    ArrayNode shown = json.putArray("sessions");
    sessions.stream()
        .sorted(Comparator.comparing((SessionState s) -> s.connections().isEmpty()))
        .limit(SHOWN_SESSIONS)
        .forEach(session -> session(shown.addObject(), session));
    audit(json.putArray("audit"), events.newest());
    for (FaultPanel.Button button : panel.buttons()) {
      json.withArray("faults")
          .addObject()
          .put("name", button.name())
          .put("says", button.says())
          .put("on", button.on())
          .put("bites", button.bites());
    }
    return json;
  }

  private static void session(ObjectNode json, SessionState session) {
    long now = System.nanoTime();
    json.put("session_id", session.id()).put("epoch", session.epoch());
    json.put("top_seq", session.topSeq());
    json.put("retained_frames", session.retention().frames().size());
    json.put("retained_bytes", session.retention().bytes());
    ArrayNode connections = json.putArray("connections");
    for (Connection c : session.connections()) {
      connections
          .addObject()
          .put("connection_id", c.id())
          .put("profile", c.profile() == Profile.RESUME ? "resume" : "core")
          .put("user_id", c.userId())
          .put("age_ms", (now - c.openedAt()) / NANOS_PER_MS);
    }
    ArrayNode runs = json.putArray("runs");
    for (Run r : session.runs()) {
      runs.addObject()
          .put("run_id", r.id())
          .put("state", r.started() ? "running" : "queued")
          .put("streamed", r.streamed())
          .put("tools", r.tools().size())
          .put("age_ms", (now - r.acceptedAt()) / NANOS_PER_MS);
    }
  }

  private static void audit(ArrayNode json, List<RecentEvents.Noted> newest) {
    for (RecentEvents.Noted noted : newest) {
      ObjectNode line = json.addObject();
      line.put("timestamp", Timestamps.format(noted.at())).put("event", noted.event().event());
      StringBuilder fields = new StringBuilder();
      noted
          .event()
          .fields()
          .forEach((field, value) -> {
            if (field != AuditField.PAYLOAD_SHA256) {
              fields.append(field.word()).append('=').append(value).append(' ');
            }
          });
      line.put("fields", fields.toString().strip());
    }
  }
}
