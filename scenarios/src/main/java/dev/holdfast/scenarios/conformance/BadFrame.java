package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.RawPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Something that no client of the protocol sends.
 *
 * @param name as in an address
 * @param told the code of the error that should answer it; empty where a close is as good
 * @param clause the clause that asks for that error; empty where none does
 * @param looksGood whether a server that overlooks the fault sees a ping or a message in it
 */
record BadFrame(String name, String told, String clause, boolean looksGood, Sending sending) {

  /** Faults in fields that a server of profile core need not know, and then has to ignore. */
  private static final Set<String> IN_OPTIONAL_FIELDS =
      Set.of("id-number", "seq-text", "replay-text");

  /** How it gets onto the wire. */
  interface Sending {
    void by(RawPeer peer) throws IOException;
  }

  private static final String JSON = "invalid_json";
  private static final String FRAME = "invalid_frame";

  static final List<BadFrame> ALL = all();

  private static List<BadFrame> all() {
    List<BadFrame> all = new ArrayList<>();
    all.addAll(notJson());
    all.addAll(wrongJson());
    all.addAll(wrongKinds());
    all.addAll(wrongBytes());
    return List.copyOf(all);
  }

  private static List<BadFrame> notJson() {
    String clause = "envelope/not-json-is-told";
    return List.of(
        text("words", "this is not JSON", JSON, clause),
        text("cut-short", "{\"type\":\"message\",\"data\":", JSON, clause),
        text("empty", "", JSON, clause),
        text("blank", " \n ", JSON, clause),
        text("two-objects", "{\"type\":\"ping\"}{\"type\":\"ping\"}", JSON, clause),
        text("trailing-comma", "{\"type\":\"ping\",\"data\":{},}", JSON, clause),
        text("single-quotes", "{'type':'ping','data':{}}", JSON, clause),
        text("not-a-number", "{\"type\":\"ping\",\"data\":{\"x\":NaN}}", JSON, clause),
        text("control-character", "{\"type\":\"ping\",\"data\":{\"x\":\"\u0001\"}}", JSON, clause),
        text("long-garbage", "x".repeat(100_000), JSON, clause));
  }

  private static List<BadFrame> wrongJson() {
    return List.of(
        text(
            "duplicate-type",
            "{\"type\":\"ping\",\"type\":\"message\",\"data\":{\"content\":\"hi\"}}",
            JSON,
            "envelope/duplicate-key-is-told"),
        text(
            "duplicate-in-data",
            "{\"type\":\"message\",\"data\":{\"content\":\"a\",\"content\":\"b\"}}",
            JSON,
            "envelope/duplicate-key-is-told"),
        text(
            "lone-surrogate",
            "{\"type\":\"message\",\"data\":{\"content\":\"\\ud800\"}}",
            JSON,
            "envelope/lone-surrogate-is-told"),
        text("deep-objects", deep("{\"a\":", "1", "}", 200), JSON, "envelope/too-deep-is-told"),
        text("deep-arrays", deep("[", "", "]", 20_000), JSON, "envelope/too-deep-is-told"),
        text("array", "[1,2,3]", FRAME, "envelope/not-an-object-is-told"),
        text("string", "\"hello\"", FRAME, "envelope/not-an-object-is-told"),
        text("number", "42", FRAME, "envelope/not-an-object-is-told"),
        text("null", "null", FRAME, "envelope/not-an-object-is-told"),
        text("true", "true", FRAME, "envelope/not-an-object-is-told"),
        text(
            "unknown-type",
            "{\"type\":\"no_such_type\",\"data\":{}}",
            "unknown_type",
            "envelope/unknown-type-is-told"),
        text(
            "type-in-capitals",
            "{\"type\":\"MESSAGE\",\"data\":{\"content\":\"hi\"}}",
            "unknown_type",
            "envelope/unknown-type-is-told"));
  }

  private static String deep(String open, String core, String close, int levels) {
    return "{\"type\":\"message\",\"data\":{\"content\":\"x\",\"x\":"
        + open.repeat(levels)
        + core
        + close.repeat(levels)
        + "}}";
  }

  private static List<BadFrame> wrongKinds() {
    return List.of(
        kind("no-type", "{\"data\":{\"content\":\"no type\"}}"),
        kind("type-number", "{\"type\":7,\"data\":{}}"),
        kind("type-null", "{\"type\":null,\"data\":{}}"),
        kind("type-object", "{\"type\":{},\"data\":{}}"),
        kind("data-text", "{\"type\":\"message\",\"data\":\"a string\"}"),
        kind("data-array", "{\"type\":\"message\",\"data\":[]}"),
        kind("data-number", "{\"type\":\"message\",\"data\":1}"),
        kind("id-number", "{\"type\":\"message\",\"id\":5,\"data\":{\"content\":\"hi\"}}"),
        kind("seq-text", "{\"type\":\"ping\",\"seq\":\"one\",\"data\":{}}"),
        kind("replay-text", "{\"type\":\"ping\",\"replay\":\"yes\",\"data\":{}}"));
  }

  /** What a library would not send: its receiver is the WebSocket layer itself. */
  private static List<BadFrame> wrongBytes() {
    byte[] hi = "hi".getBytes(StandardCharsets.US_ASCII);
    return List.of(
        wire("binary", p -> p.binary(new byte[1_000])),
        wire("bad-utf8", p -> p.textBytes(new byte[] {'"', (byte) 0xff, '"'})),
        wire("reserved-bit", p -> p.frame(0xc1, hi, true)),
        wire("reserved-opcode", p -> p.frame(0x83, hi, true)),
        wire("not-masked", p -> p.frame(0x81, hi, false)),
        wire("long-ping", p -> p.frame(0x89, new byte[126], true)),
        wire("continues-nothing", p -> p.frame(0x80, hi, true)),
        wire("fragmented-garbage", p -> p.fragments("this is not JSON either", 5)));
  }

  private static BadFrame kind(String name, String text) {
    return text(name, text, FRAME, "envelope/wrong-kind-is-told");
  }

  private static BadFrame text(String name, String text, String told, String clause) {
    String words = text.toLowerCase(Locale.ROOT);
    boolean looksGood = words.contains("ping") || words.contains("message");
    return new BadFrame(name, told, clause, looksGood, peer -> peer.text(text));
  }

  private static BadFrame wire(String name, Sending sending) {
    return new BadFrame(name, "", "", false, sending);
  }

  /** Whether its fault is in a field that a server may not know. */
  boolean isInAnOptionalField() {
    return IN_OPTIONAL_FIELDS.contains(name);
  }

  /** Whether a frame shows that the server took this one for a good one. */
  boolean wasTakenAsGood(Event.Text frame) {
    return looksGood && (frame.type().equals("pong") || frame.isAnswer());
  }

  void send(Talk talk) throws Finds {
    talk.sendsRaw(() -> sending.by(talk.peer()));
  }
}
