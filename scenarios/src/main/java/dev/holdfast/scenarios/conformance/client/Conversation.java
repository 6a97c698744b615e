package dev.holdfast.scenarios.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What the scripted server keeps of its one session: in profile resume, positions of both
 * directions and what may have to be replayed. A script may lie by changing it.
 */
public final class Conversation {
  static final String TOKEN = "0123456789abcdef0123456789abcdef";

  final Profile profile;
  final String session;
  String epoch = "e1";
  long topSeq;
  long heard;

  /** Whether what is heard is acknowledged, by whatever frame. */
  volatile boolean acks = true;

  /** The interval that the greeting names instead of the client's own; 0 is the client's own. */
  long intervalMs;

  long maxFrameBytes = 1 << 20;
  List<String> capabilities = List.of("tokens", "cancel");

  /** Positioned frames, to be replayed. */
  final List<ObjectNode> kept = new ArrayList<>();

  private int runs;

  Conversation(Profile profile, String session) {
    this.profile = profile;
    this.session = session;
  }

  boolean resumes() {
    return profile == Profile.RESUME;
  }

  String newRun() {
    return "run-" + ++runs;
  }

  /** Gives a frame the next position and keeps it. */
  synchronized ObjectNode positioned(ObjectNode frame) {
    if (resumes()) {
      frame.put("seq", ++topSeq);
      kept.add(frame);
    }
    return frame;
  }

  /** Takes note of a client's position. */
  synchronized void hears(JsonNode frame) {
    if (frame.path("seq").asLong() == heard + 1) {
      heard++;
    }
  }

  /** What answers a hello that resumes, or begins; {@code outcome} new, resumed or reset. */
  ObjectNode connected(String outcome, long intervalMs, long pongMs) {
    ObjectNode frame = Json.frame("status", "status", "connected", "session_id", session);
    ObjectNode data = (ObjectNode) frame.path("data");
    data.put("heartbeat_interval_ms", this.intervalMs > 0 ? this.intervalMs : intervalMs)
        .put("message", "welcome");
    if (resumes()) {
      data.put("outcome", outcome).put("epoch", epoch).put("resume_token", TOKEN);
      data.put("ack", heard).put("top_seq", topSeq).put("pong_timeout_ms", pongMs);
      data.put("resume_ttl_ms", 120_000).put("run_timeout_ms", 120_000);
      data.put("replay_max_frames", 1_000).put("replay_max_bytes", 1 << 20);
      data.put("max_frame_bytes", maxFrameBytes).put("max_pending_runs", 100);
      capabilities.forEach(data.putArray("capabilities")::add);
    }
    return frame;
  }
}
