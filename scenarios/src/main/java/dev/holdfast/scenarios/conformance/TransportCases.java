package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.conformance.wire.RawPeer.Refused;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;
import java.util.Map;

/** Section transport: the handshake, and what a WebSocket message may look like. */
final class TransportCases {
  private static final int FRAGMENT_BYTES = 7;

  static final List<Case> ALL =
      List.of(
          Case.of(
              "transport/bad-session-id-is-400",
              "The session id is taken as it comes; check it before the upgrade.",
              TransportCases::badSessionId),
          Case.of(
              "transport/fragments-work",
              "Each WebSocket frame is taken for a message; wait for the frame with FIN.",
              TransportCases::fragments),
          Case.of(
              "transport/binary-closes-1003",
              "Binary frames are ignored or read as text.",
              b -> closes(b, 1003, t -> t.sendsRaw(() -> t.peer().binary(new byte[] {1, 2, 3})))),
          Case.of(
              "transport/bad-utf8-closes-1007",
              "Bytes are decoded leniently, so that damaged text reaches the agent.",
              b -> closes(b, 1007, TransportCases::badUtf8)));

  private TransportCases() {}

  private static void badSessionId(Bench b) throws Finds {
    Refused refused = b.refused("?session_id=no%20spaces", Map.of());
    if (refused.status() != 400) {
      throw new Mismatch("HTTP 400", "HTTP " + refused.status());
    }
    var body = Json.readOrNull(refused.body());
    if (body == null || !body.path("code").asText().equals("bad_session_id")) {
      throw new Mismatch("a JSON body with code bad_session_id", refused.body());
    }
  }

  private static void fragments(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    String text = Json.frame("message", "content", b.stimulus(Stimulus.PLAIN)).toString();
    t.sendsRaw(() -> t.peer().fragments(text, FRAGMENT_BYTES));
    t.answer(Talk.PATIENCE_MS);
  }

  private static void badUtf8(Talk t) throws Finds {
    byte[] bytes =
        "{\"type\":\"ping\",\"data\":{\"x\":\"??\"}}"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '?') {
        bytes[i] = (byte) 0xff;
      }
    }
    t.sendsRaw(() -> t.peer().textBytes(bytes));
  }

  /** What a case does to deserve its close. */
  private interface Offence {
    void commit(Talk talk) throws Finds;
  }

  private static void closes(Bench b, int code, Offence offence)
      throws Finds, InterruptedException {
    Talk t = b.connect();
    offence.commit(t);
    Event.Closed closed = t.closed(Talk.PATIENCE_MS);
    if (closed.code() != code) {
      throw new Mismatch("close " + code, Talk.describe(closed));
    }
  }
}
