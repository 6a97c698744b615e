package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;
import java.util.stream.Stream;

/** Section envelope: fields and types that a server does not expect, and bad frames. */
final class EnvelopeCases {
  static final List<Case> ALL =
      Stream.of(wellFormed(), BadFrameCases.ALL, ErrorTextCases.ALL).flatMap(List::stream).toList();

  private EnvelopeCases() {}

  private static List<Case> wellFormed() {
    return List.of(
        Case.of(
                "envelope/unknown-fields-are-ignored",
                "Frames are read into a closed model that refuses fields it does not know.")
            .given(Situations.ANSWERED)
            .then((b, t) -> unknownFields(b, t)),
        skipped("processing", Json.frame("status", "status", "processing", "stage", "x")),
        skipped("tool", Json.frame("tool_execution", "tool", "x", "status", "running")),
        skipped("pong", Json.frame("pong")),
        skipped("unknown-status", Json.frame("status", "status", "no_such_word")),
        Case.of(
                "envelope/errors-are-not-answered",
                "An error from the client is answered by an error; two such sides never stop.")
            .given(
                "the client sent an error, and a message sent after it was answered",
                EnvelopeCases::errorThenMessage)
            .then((b, frames) -> noErrorAmong(frames)));
  }

  private static void unknownFields(Bench b, Talk t) throws Finds, InterruptedException {
    var frame = Json.frame("message", "content", b.plain(), "mood", "curious");
    frame.put("id", "unknown-fields").putObject("trace").put("span", "abc");
    t.sends(frame);
    t.answer();
  }

  private static Case skipped(String word, ObjectNode frame) {
    return one(
            "envelope/server-skips-the-unexpected",
            word,
            "A type that only servers send raises an exception where it is dispatched.")
        .given(Situations.ANSWERED)
        .then((b, t) -> {
          t.sends(frame.deepCopy());
          t.says(b.plain());
          t.expect("an answer to the message behind the unexpected frame", Event.Text::isAnswer);
        });
  }

  /** What came after the error, up to the answer that shows that the error was read. */
  private static List<Event.Text> errorThenMessage(Bench b) throws Finds, InterruptedException {
    Talk t = Situations.answered(b);
    int before = t.heard().size();
    t.sends(Json.frame("error", "error", "Something went wrong here.", "code", "client_failed"));
    t.says(b.plain());
    t.expect("an answer to the message behind the error", Event.Text::isAnswer);
    t.quiet("", e -> false);
    return t.heard().subList(before, t.heard().size());
  }

  private static void noErrorAmong(List<Event.Text> frames) throws Mismatch {
    for (Event.Text frame : frames) {
      if (frame.type().equals("error")) {
        throw new Mismatch("no answer to an error", Talk.describe(frame));
      }
    }
  }
}
