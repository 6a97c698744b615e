package dev.holdfast.server.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.Phase;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.SnapshotRun;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The core's inputs and outputs in the words of the browser's machine. */
final class MachineJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MachineJson() {}

  static ObjectNode config(ClientConfig c) {
    ObjectNode json = JSON.createObjectNode();
    json.put("offers", c.offers() == Profile.RESUME ? "resume" : "core");
    json.put("reconnect_base_ms", c.backoff().baseMs());
    json.put("reconnect_cap_ms", c.backoff().capMs());
    json.put("reconnect_jitter_ms", c.backoff().jitterMs());
    json.put("reconnect_max_attempts", c.backoff().maxAttempts());
    json.put("asks_transport", c.asksTransport());
    json.put("recheck_ms", c.recheckMs());
    json.set("capabilities", JSON.valueToTree(c.capabilities()));
    return json;
  }

  static ObjectNode step(ClientInput input, @Nullable String text, Tick now, ClientState state) {
    ObjectNode json = JSON.createObjectNode();
    json.set("input", input(input, text));
    json.put("ms", now.monotonicNanos() / Tick.NANOS_PER_MS);
    json.put("wall", Timestamps.format(now.wall()));
    json.put("entropy", Long.toString(now.entropy()));
    boolean strict =
        switch (state.phase()) {
          case Phase.Greeting p -> p.profile() == Profile.RESUME;
          case Phase.Open p -> p.profile() == Profile.RESUME;
          default -> false;
        };
    return json.put("strict", strict);
  }

  private static ObjectNode input(ClientInput input, @Nullable String text) {
    ObjectNode json = JSON.createObjectNode();
    return switch (input) {
      case ClientInput.Connect c -> json.put("kind", "connect");
      case ClientInput.Disconnect d -> json.put("kind", "disconnect");
      case ClientInput.Woken w -> json.put("kind", "woken");
      case ClientInput.Retry r -> json.put("kind", "retry").put("freshClientId", r.freshClientId());
      case ClientInput.Say s ->
          json.put("kind", "say").put("id", s.id()).put("content", s.content());
      case ClientInput.Cancel c ->
          json.put("kind", "cancel").put("id", c.id()).put("runId", c.runId());
      case ClientInput.Opened o ->
          json.put("kind", "opened")
              .put("connection", o.connection())
              .put("subprotocolAccepted", o.subprotocolAccepted());
      case ClientInput.Refused r ->
          json.put("kind", "refused")
              .put("connection", r.connection())
              .put("status", r.status())
              .put("retryAfterMs", r.retryAfterMs());
      case ClientInput.Closed c ->
          json.put("kind", "closed")
              .put("connection", c.connection())
              .put("code", c.code())
              .put("reason", c.reason());
      case ClientInput.Received r ->
          json.put("kind", "received").put("connection", r.connection()).put("text", text);
      case ClientInput.TransportSaid t ->
          json.put("kind", "transport").put("websocket", t.websocket());
      case ClientInput.Posted p -> {
        json.put("kind", "posted").put("id", p.id()).set("result", result(p.result()));
        yield json;
      }
    };
  }

  private static JsonNode result(ClientInput.PostResult result) {
    ObjectNode json = JSON.createObjectNode();
    return switch (result) {
      case ClientInput.PostResult.Failed f ->
          json.put("kind", "failed").put("retryAfterMs", f.retryAfterMs());
      case ClientInput.PostResult.Rejected r ->
          json.put("kind", "rejected").put("status", r.status()).put("code", r.code());
      case ClientInput.PostResult.Ended e -> {
        json.put("kind", "ended").set("run", run(e.run()));
        yield json;
      }
    };
  }

  private static JsonNode run(SnapshotRun run) {
    ObjectNode json = JSON.createObjectNode();
    json.put("run_id", run.runId()).put("text", run.text()).putArray("artifacts");
    json.putNull("error");
    if (run.error() != null) {
      var error = new Frame(Envelope.EMPTY, run.error());
      json.set("error", tree(error).get("data"));
    }
    return json;
  }

  private static JsonNode tree(Frame frame) {
    try {
      return JSON.readTree(Codec.encode(frame));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static ObjectNode output(ClientOutput output) {
    ObjectNode json = JSON.createObjectNode();
    return switch (output) {
      case ClientOutput.Open o ->
          json.put("kind", "open")
              .put("connection", o.connection())
              .put("offerResume", o.offerResume())
              .put("sessionId", o.sessionId());
      case ClientOutput.Send s -> {
        json.put("kind", "send").put("connection", s.connection()).set("frame", tree(s.frame()));
        yield json;
      }
      case ClientOutput.Close c ->
          json.put("kind", "close")
              .put("connection", c.connection())
              .put("code", c.code())
              .put("reason", c.reason());
      case ClientOutput.AskTransport a -> json.put("kind", "ask");
      case ClientOutput.Post p ->
          json.put("kind", "post")
              .put("id", p.id())
              .put("content", p.content())
              .put("token", p.token());
      case ClientOutput.WakeAt w ->
          json.put("kind", "wake").put("at", w.nanos() / Tick.NANOS_PER_MS);
      case ClientOutput.StateChanged s ->
          json.put("kind", "state")
              .put("state", s.state().word())
              .put("attempt", s.attempt())
              .put("delayMs", s.delayMs())
              .put("reason", s.reason());
      case ClientOutput.Deliver d -> {
        json.put("kind", "deliver").set("frame", tree(d.frame()));
        yield json;
      }
      case ClientOutput.Refuse r ->
          json.put("kind", "refuse").put("id", r.id()).put("code", r.code());
      case ClientOutput.Settled s ->
          json.put("kind", "settled")
              .put("id", s.id())
              .put("outcome", s.outcome().name().toLowerCase(Locale.ROOT))
              .put("code", s.code());
      case ClientOutput.Latency l ->
          json.put("kind", "latency").put("ms", l.nanos() / Tick.NANOS_PER_MS);
    };
  }
}
