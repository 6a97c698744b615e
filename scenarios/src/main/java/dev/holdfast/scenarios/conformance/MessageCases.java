package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.conformance.wire.RawPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Section transport: what a WebSocket message may look like. */
final class MessageCases {
  private static final int OVERSIZE = 1_200_000;

  /** Bytes that are no UTF-8, by why. */
  private static final Map<String, byte[]> BAD_UTF8 = new LinkedHashMap<>();

  static {
    BAD_UTF8.put("stray-byte", new byte[] {(byte) 0xff});
    BAD_UTF8.put("overlong", new byte[] {(byte) 0xc0, (byte) 0xaf});
    BAD_UTF8.put("surrogate", new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
    BAD_UTF8.put("cut-short", new byte[] {(byte) 0xe2, (byte) 0x82});
  }

  static final List<Case> ALL = all();

  private MessageCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    cases.add(fragments("small", (peer, text) -> peer.fragments(text, 7)));
    cases.add(fragments("single-bytes", (peer, text) -> peer.fragments(text, 1)));
    cases.add(fragments("ping-between", MessageCases::pingBetween));
    cases.add(
        Case.of("transport/binary-closes-1003", "Binary frames are ignored or read as text.")
            .given(Situations.GREETED)
            .then((b, t) -> {
              t.sendsRaw(() -> t.peer().binary(new byte[] {1, 2, 3}));
              t.closedWith(1003);
            }));
    cases.add(oversize("one-frame", RawPeer::text));
    cases.add(oversize("fragments", (peer, text) -> peer.fragments(text, 300_000)));
    BAD_UTF8.forEach((word, bytes) -> cases.add(badUtf8(word, bytes)));
    return List.copyOf(cases);
  }

  /** A way to send a text. */
  private interface Way {
    void send(RawPeer peer, String text) throws IOException;
  }

  private static Case fragments(String word, Way way) {
    return one(
            "transport/fragments-work",
            word,
            "Each WebSocket frame is taken for a message, or a control frame between ends it.")
        .given(Situations.ANSWERED)
        .then((b, t) -> {
          var frame = Json.frame("message", "content", b.plain());
          String text = b.target().dialect().theirs(frame).toString();
          t.sendsRaw(() -> way.send(t.peer(), text));
          t.answer();
        });
  }

  private static void pingBetween(RawPeer peer, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    peer.frame(0x01, Arrays.copyOfRange(bytes, 0, 9), true);
    peer.frame(0x89, new byte[] {7}, true);
    peer.frame(0x80, Arrays.copyOfRange(bytes, 9, bytes.length), true);
  }

  private static Case oversize(String word, Way way) {
    return one(
            "transport/oversize-closes-1009",
            word,
            "No limit is set, or a larger one, or the library closes without the code.")
        .given("the greeting tells no limit that is larger than the message", MessageCases::limited)
        .then((b, t) -> oversize(b, t, way));
  }

  private static Talk limited(Bench b) throws Finds, InterruptedException {
    Talk t = b.open("?session_id=" + b.session());
    long limit = t.greeting().data("max_frame_bytes").asLong(0);
    if (limit >= OVERSIZE) {
      throw new Inapplicable("max_frame_bytes is " + limit + ", more than a case sends");
    }
    return t;
  }

  private static void oversize(Bench b, Talk t, Way way) throws Finds, InterruptedException {
    boolean readToTheEnd = true;
    try {
      way.send(t.peer(), "{\"type\":\"ping\",\"data\":{\"x\":\"" + "x".repeat(OVERSIZE) + "\"}}");
    } catch (IOException e) {
      readToTheEnd = false;
      b.log().note("c1", "the server did not read all of it: " + e.getMessage());
    }
    Event.Closed closed = t.closed();
    if (closed.code() == 1006 && !readToTheEnd) {
      throw new Unclear("the connection was reset under the message; a close frame may be lost");
    }
    if (closed.code() != 1009) {
      throw new Mismatch("close 1009", Talk.describe(closed));
    }
  }

  private static Case badUtf8(String word, byte[] bytes) {
    return one(
            "transport/bad-utf8-closes-1007",
            word,
            "Bytes are decoded leniently, so that damaged text reaches the agent.")
        .given(Situations.GREETED)
        .then((b, t) -> {
          t.sendsRaw(() -> t.peer().textBytes(around(bytes)));
          t.closedWith(1007);
        });
  }

  private static byte[] around(byte[] bad) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes("{\"type\":\"ping\",\"data\":{\"x\":\"".getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(bad);
    all.writeBytes("\"}}".getBytes(StandardCharsets.US_ASCII));
    return all.toByteArray();
  }
}
