package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;

/**
 * A message that was said on the socket, ended there and came once more by HTTP under its id.
 *
 * @param end its end on the socket
 * @param again what HTTP answered
 */
record Repeated(Talk talk, Event.Text end, JsonNode again) {

  static Repeated byHttp(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk talk = b.connect(session);
    String id = talk.says(b.plain());
    Event.Text end = talk.answer();
    JsonNode again = HttpCases.post(b, Http.message(session, b.plain()).put("id", id));
    return new Repeated(talk, end, again);
  }

  /** HTTP tells the end of the run of before, and no other run begins. */
  static void isTheSame(Bench b, Repeated message) throws Finds, InterruptedException {
    String run = message.end.field("run_id");
    String its = message.again.path("run_id").asText();
    boolean same =
        (run.isEmpty() || its.isEmpty())
            ? message.again.path("response").equals(message.end.data("content"))
            : its.equals(run);
    if (!same) {
      throw new Mismatch("the result of run " + run, message.again.toString());
    }
    message.talk.quiet("new run", e -> e.isOfRun() && (run.isEmpty() || isAnother(e, run)));
  }

  private static boolean isAnother(Event.Text frame, String run) {
    return !frame.field("run_id").isEmpty() && !frame.field("run_id").equals(run);
  }
}
