package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;

/**
 * What every frame must look like: these cases hold all frames that any case of the run received
 * against the JSON Schemas and the format of timestamps, each for its clause, and have a
 * conversation of their own first, so that each can be played alone.
 */
final class FrameCases {
  private static final String CAUSE =
      "Frames are put together by hand in several places; give them one writer.";

  private static final List<String> CORE =
      List.of(
          "transport/one-object-a-text-frame",
          "envelope/type-and-data",
          "envelope/six-types",
          "envelope/optional-fields-keep-their-kind",
          "envelope/id-alphabet",
          "envelope/timestamp-always-sent",
          "envelope/timestamp-is-utc-milliseconds",
          "envelope/error-has-data-error",
          "envelope/error-has-a-code",
          "envelope/error-retryable-is-boolean",
          "conversation/greeting-fields",
          "conversation/tool-execution-fields",
          "conversation/terminal-message-fields");

  static final List<Case> ALL = all();

  private FrameCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    cases.add(
        Case.of(
                "envelope/timestamp-is-readable",
                "The timestamp is in a format of the language's own; write RFC 3339 in UTC.",
                FrameCases::readableTimestamps)
            .at(Turn.AFTERWARDS));
    for (String clause : CORE) {
      cases.add(Case.of(clause, CAUSE, b -> fit(b, clause)).at(Turn.AFTERWARDS));
    }
    return List.copyOf(cases);
  }

  /** A bit of everything that a server says: greeting, run, pong, error. */
  private static List<Event.Text> conversation(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    try {
      Stimulus most =
          b.target().stimulus(Stimulus.TWO_TOOLS) == null ? Stimulus.PLAIN : Stimulus.TWO_TOOLS;
      t.says(b.stimulus(most));
      t.terminal();
      t.stillHears();
      t.sendsText("[]");
      t.errorOrClose();
    } catch (Mismatch other) {
      // What did not come is the business of other cases; here what came is looked at.
      b.log().note("c1", "the conversation went no further");
    }
    return t.heard();
  }

  private static void readableTimestamps(Bench b) throws Finds, InterruptedException {
    for (Event.Text frame : conversation(b)) {
      var timestamp = frame.json().path("timestamp");
      if (!timestamp.isMissingNode() && !DateParse.reads(timestamp)) {
        throw new Mismatch("a timestamp that Date.parse reads", timestamp.toString());
      }
    }
  }

  private static void fit(Bench b, String clause) throws Finds, InterruptedException {
    conversation(b);
    b.everyFrameFits(Profile.CORE, clause);
  }
}
