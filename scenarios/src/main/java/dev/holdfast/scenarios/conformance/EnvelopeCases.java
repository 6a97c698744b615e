package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Section envelope: fields, timestamps, and what answers a bad frame. */
final class EnvelopeCases {
  /** Traces, paths and class names of the usual languages. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "Traceback|\\bat [\\w.$]+\\([\\w.]+:\\d+\\)|\\bat .*\\.[jt]s:\\d+|[\\w.]+(Exception|Error)\\b:"
              + "|\\b(java|javax|com|org|io|scala|kotlin)\\.[a-z]+\\.\\w+|/(usr|home|app|var|srv)/"
              + "|\\b\\w+\\.(py|java|go|rs|mjs)\\b|goroutine \\d+|JSONDecodeError|SyntaxError");

  static final List<Case> ALL = all();

  private EnvelopeCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>(wellFormed());
    for (BadFrame bad : BadFrame.ALL) {
      cases.add(
          one(
              "envelope/never-deaf",
              bad.name(),
              "An exception in the receive loop ends it without closing the socket.",
              b -> neverDeaf(b, bad)));
    }
    for (BadFrame bad : BadFrame.ALL) {
      if (!bad.clause().isEmpty()) {
        cases.add(
            one(
                bad.clause(),
                bad.name(),
                "The receive loop drops what it cannot read, or answers without a code.",
                b -> told(b, bad)));
      }
    }
    cases.addAll(afterwards());
    return List.copyOf(cases);
  }

  private static List<Case> wellFormed() {
    return List.of(
        Case.of(
            "envelope/unknown-fields-are-ignored",
            "Frames are read into a closed model that refuses fields it does not know.",
            EnvelopeCases::unknownFields),
        skipped("processing", Json.frame("status", "status", "processing", "stage", "x")),
        skipped("tool", Json.frame("tool_execution", "tool", "x", "status", "running")),
        skipped("pong", Json.frame("pong")),
        skipped("unknown-status", Json.frame("status", "status", "no_such_word")),
        Case.of(
            "envelope/errors-are-not-answered",
            "An error from the client is answered by an error; two such sides never stop.",
            EnvelopeCases::noErrorForAnError));
  }

  private static Case skipped(String word, ObjectNode frame) {
    return one(
        "envelope/server-skips-the-unexpected",
        word,
        "A type that only servers send raises an exception where it is dispatched.",
        b -> {
          Talk t = b.connect();
          t.sends(frame.deepCopy());
          t.stillHears();
          t.says(b.plain());
          t.answer();
        });
  }

  private static void unknownFields(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    var frame = Json.frame("message", "content", b.plain(), "mood", "curious");
    frame.put("id", "m1").putObject("trace").put("span", "abc");
    t.sends(frame);
    t.answer();
  }

  private static void noErrorForAnError(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.sends(Json.frame("error", "error", "Something went wrong here.", "code", "client_failed"));
    t.quiet("answer to an error", e -> e.type().equals("error"));
    t.stillHears();
  }

  /** Answered or closed; and if it stays, the next good message is served. */
  private static void neverDeaf(Bench b, BadFrame bad) throws Finds, InterruptedException {
    Talk t = b.connect();
    bad.send(t);
    if (t.endOrClose() == null) {
      return;
    }
    try {
      t.says(b.plain());
    } catch (Mismatch gone) {
      b.log().note("c1", "closed after the error");
      return;
    }
    long until = b.log().nowMs() + t.patienceMs();
    Event event = t.next(t.patienceMs());
    while (event instanceof Event.Text text && !text.isEnd() && b.log().nowMs() < until) {
      event = t.next(until - b.log().nowMs());
    }
    if (event == null || (event instanceof Event.Text late && !late.isEnd())) {
      throw new Mismatch("an answer or a close after the bad frame", "neither: it went deaf");
    }
  }

  private static void told(Bench b, BadFrame bad) throws Finds, InterruptedException {
    Talk t = b.connect();
    bad.send(t);
    hidesTheInside(t.error(bad.told()));
  }

  private static void hidesTheInside(Event.Text error) throws Mismatch {
    if (INSIDE.matcher(error.data("error").asText()).find()) {
      throw new Mismatch("an error in words for people", error.text());
    }
  }

  private static List<Case> afterwards() {
    return List.of(
        Case.of(
            "envelope/bad-frame-keeps-the-connection",
            "Any error of parsing ends the connection, and the person's words with it.",
            b -> {
              Talk t = b.connect();
              t.sendsText("not JSON");
              t.expect("an error", e -> e.type().equals("error"));
              t.says(b.plain());
              t.answer();
            }),
        Case.of(
            "envelope/ten-bad-in-a-row-close-4203",
            "Bad frames are answered for ever; count them.",
            b -> {
              Talk t = b.connect();
              for (int i = 0; i < 10; i++) {
                t.sendsText("not JSON " + i);
              }
              t.closedWith(4203);
            }),
        Case.of(
            "envelope/good-frame-restarts-the-count",
            "Bad frames are counted for the whole life of a connection.",
            b -> {
              Talk t = b.connect();
              for (int i = 0; i < 14; i++) {
                t.sendsText("not JSON " + i);
                if (i % 7 == 6) {
                  t.stillHears();
                }
              }
            }),
        Case.of(
            "envelope/reply-to-names-the-fault",
            "Errors are made where the frame's id is no longer known.",
            b -> {
              Talk t = b.connect();
              t.sendsText("{\"type\":\"no_such_type\",\"id\":\"f-17\",\"data\":{}}");
              Event.Text error = t.expect("an error", e -> e.type().equals("error"));
              if (!error.field("reply_to").equals("f-17")) {
                throw new Mismatch("reply_to f-17", error.text());
              }
            }),
        one(
            "envelope/errors-hide-the-inside",
            "of-bad-frames",
            "The exception's text is sent: it names classes, paths and versions to anybody.",
            b -> {
              for (BadFrame bad : BadFrame.ALL) {
                if (bad.clause().startsWith("envelope/not-") || bad.name().startsWith("type-")) {
                  Talk t = b.connect();
                  bad.send(t);
                  Event.Text error = t.errorOrClose();
                  if (error != null) {
                    hidesTheInside(error);
                  }
                  t.peer().close();
                }
              }
            }),
        one(
            "envelope/errors-hide-the-inside",
            "of-a-failing-agent",
            "The exception of the agent is sent as it is.",
            b -> {
              Talk t = b.connect();
              t.says(b.stimulus(dev.holdfast.scenarios.model.Target.Stimulus.FAIL));
              hidesTheInside(t.expect("an error", e -> e.type().equals("error")));
            },
            Need.FAILING_ANSWER));
  }
}
