package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.Locale;

/**
 * A quick message that came by HTTP while a slow run of its session was in progress.
 *
 * @param postedMs when it was sent
 * @param answeredMs when its answer came
 * @param endMs when the slow run ended
 */
record Overtaking(long postedMs, long answeredMs, long endMs) {
  /** A run that ends so soon after the POST does not show which of them waited. */
  private static final long LONG_BEFORE_MS = 500;

  static Overtaking attempt(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    InARun run = InARun.begun(b, session);
    Http.Pending posted = b.http().chat(Http.message(session, b.plain()));
    long postedMs = b.log().nowMs();
    Event.Text end =
        run.talk().expect("the end of the run", Event.Text::isAnswer, run.endsWithinMs());
    Http.object("POST /api/chat", posted.get(HttpCases.answerMs(b)), 200);
    if (end.atMs() - postedMs < LONG_BEFORE_MS) {
      throw new Unclear(
          String.format(Locale.ROOT, "the run ended %d ms after the POST", end.atMs() - postedMs));
    }
    return new Overtaking(postedMs, posted.answeredMs(), end.atMs());
  }

  /** The two came by two connections: only what came long before the other counts. */
  void failed() throws Mismatch {
    if (answeredMs < postedMs + (endMs - postedMs) / 2) {
      throw new Mismatch(
          "the POST to wait for the run before it",
          String.format(
              Locale.ROOT, "it was answered %d ms before the run ended", endMs - answeredMs));
    }
  }
}
