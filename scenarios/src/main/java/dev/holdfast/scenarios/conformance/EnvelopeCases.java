package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;
import java.util.Set;

/** Section envelope: fields, timestamps, and what answers a bad frame. */
final class EnvelopeCases {
  /** Bad in different ways; after each, a server answers or closes, and is never deaf. */
  private static final List<String> BAD_FRAMES =
      List.of(
          "this is not JSON",
          "{\"type\":\"message\",\"data\":",
          "[1,2,3]",
          "\"hello\"",
          "{\"data\":{\"content\":\"no type\"}}",
          "{\"type\":7,\"data\":{}}",
          "{\"type\":\"no_such_type\",\"data\":{}}",
          "{\"type\":\"message\",\"data\":\"a string\"}",
          "");

  static final List<Case> ALL =
      List.of(
          Case.of(
              "envelope/timestamp-is-readable",
              "The timestamp is in a format of the language's own; write RFC 3339 in UTC.",
              EnvelopeCases::timestamps),
          Case.of(
              "envelope/unknown-fields-are-ignored",
              "Frames are read into a closed model that refuses fields it does not know.",
              EnvelopeCases::unknownFields),
          Case.of(
              "envelope/never-deaf",
              "An exception in the receive loop ends it without closing the socket.",
              EnvelopeCases::neverDeaf),
          told("envelope/not-json-is-told", "{\"type\":", "invalid_json"),
          told("envelope/not-an-object-is-told", "[]", "invalid_frame"),
          told(
              "envelope/wrong-kind-is-told", "{\"type\":\"message\",\"data\":[]}", "invalid_frame"),
          told("envelope/unknown-type-is-told", "{\"type\":\"shout\",\"data\":{}}", "unknown_type"),
          new Case(
              "envelope/ten-bad-in-a-row-close-4203",
              "envelope/ten-bad-in-a-row-close-4203",
              Set.of(),
              "Bad frames are answered for ever; count them.",
              EnvelopeCases::tenBad));

  private EnvelopeCases() {}

  private static Case told(String clause, String bad, String code) {
    return Case.of(
        clause,
        "The receive loop drops what it cannot read, or answers without the code " + code + ".",
        b -> {
          Talk t = b.connect();
          t.sendsText(bad);
          t.expect("error " + code, e -> e.isError(code), Talk.PATIENCE_MS);
        });
  }

  private static void timestamps(Bench b) throws Finds, InterruptedException {
    Talk t = b.open("?session_id=" + b.session());
    readable(t.greeting());
    t.says(b.stimulus(Stimulus.PLAIN));
    while (true) {
      Event.Text frame = t.expect("a terminal frame", e -> true, Talk.PATIENCE_MS);
      readable(frame);
      if (frame.isAnswer() || frame.type().equals("error")) {
        return;
      }
    }
  }

  private static void readable(Event.Text frame) throws Finds {
    var timestamp = frame.json().path("timestamp");
    if (!timestamp.isMissingNode() && !DateParse.reads(timestamp)) {
      throw new Mismatch("a timestamp that Date.parse reads", timestamp.toString());
    }
  }

  private static void unknownFields(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    var frame = Json.frame("message", "content", b.stimulus(Stimulus.PLAIN), "mood", "curious");
    frame.put("id", "m1").putObject("trace").put("span", "abc");
    t.sends(frame);
    t.answer(Talk.PATIENCE_MS);
  }

  private static void neverDeaf(Bench b) throws Finds, InterruptedException {
    for (String bad : BAD_FRAMES) {
      Talk t = b.connect();
      t.sendsText(bad);
      if (t.errorOrClose(Talk.PATIENCE_MS) != null) {
        t.says(b.stimulus(Stimulus.PLAIN));
        t.expect(
            "an answer or a close after the bad frame " + bad,
            e -> e.isAnswer() || e.type().equals("error"),
            Talk.PATIENCE_MS);
      }
      t.peer().close();
    }
  }

  private static void tenBad(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    for (int i = 0; i < 10; i++) {
      t.sendsText("not JSON " + i);
    }
    Event.Closed closed = t.closed(Talk.PATIENCE_MS);
    if (closed.code() != 4203) {
      throw new Mismatch("close 4203", Talk.describe(closed));
    }
  }
}
