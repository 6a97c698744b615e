package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;

/** Section envelope: what error texts show. */
final class ErrorTextCases {
  /** Frames that a handler without checks stumbles over, beside those of {@link BadFrame}. */
  private static final List<String> STUMBLES =
      List.of(
          "{}",
          "{\"type\":\"message\"}",
          "{\"type\":\"message\",\"data\":null}",
          "{\"type\":\"message\",\"data\":{\"content\":null}}",
          "{\"type\":\"message\",\"data\":{\"content\":{\"text\":\"a\"}}}");

  static final List<Case> ALL =
      List.of(
          one(
                  "envelope/errors-hide-the-inside",
                  "of-bad-frames",
                  "The text of an exception is sent: it names classes, paths and versions.")
              .given("a bad frame got an error with a text", ErrorTextCases::ofBadFrames)
              .then((b, errors) -> hideTheInside(errors)),
          one(
                  "envelope/errors-hide-the-inside",
                  "of-a-failing-agent",
                  "The exception of the agent is sent as it is.",
                  Need.FAILING_ANSWER)
              .given("the agent failed, and an error with a text came", ErrorTextCases::ofAFailure)
              .then((b, error) -> hideTheInside(List.of(error))));

  private ErrorTextCases() {}

  /** The errors for many bad frames, each on a connection of its own: some servers close at one. */
  private static List<Event.Text> ofBadFrames(Bench b) throws Finds, InterruptedException {
    List<Talk> talks = new ArrayList<>();
    for (BadFrame bad : BadFrame.ALL) {
      if (!bad.clause().isEmpty()) {
        Talk t = b.connect();
        bad.send(t);
        talks.add(t);
      }
    }
    for (String stumble : STUMBLES) {
      Talk t = b.connect();
      t.sendsText(stumble);
      talks.add(t);
    }
    List<Event.Text> errors = new ArrayList<>();
    int closed = 0;
    long until = b.log().nowMs() + b.pace().patienceMs();
    for (Talk t : talks) {
      long leftMs = Math.max(0, until - b.log().nowMs());
      switch (t.nextOf(ErrorTextCases::hasAText, leftMs)) {
        case Event.Text error -> errors.add(error);
        case Event.Closed c -> closed++;
        case null, default -> {}
      }
      t.peer().close();
    }
    if (errors.isEmpty() && closed > talks.size() / 2) {
      throw new Inapplicable("bad frames are answered by a close, not by an error");
    }
    if (errors.isEmpty()) {
      throw new Unclear("no bad frame got an error with a text");
    }
    return errors;
  }

  private static Event.Text ofAFailure(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.stimulus(Stimulus.FAIL));
    return t.expect("an error with a text", ErrorTextCases::hasAText);
  }

  private static boolean hasAText(Event.Text frame) {
    return frame.type().equals("error") && !frame.data("error").asText().isBlank();
  }

  private static void hideTheInside(List<Event.Text> errors) throws Mismatch {
    for (Event.Text error : errors) {
      String shown = InsideText.in(error.data("error").asText());
      if (shown != null) {
        throw new Mismatch(
            "an error text for people",
            "'" + shown + "', which shows the inside, in " + Talk.describe(error));
      }
    }
  }
}
