package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Rehearsal.Shape;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.Locale;

/**
 * A slow run whose message was sent and of which some frames were looked at, none of them its end.
 *
 * @param talk the connection that it was said on
 * @param shape how such a run goes, as rehearsed
 * @param saidMs when the message was sent
 */
record InARun(Talk talk, Shape shape, long saidMs) {
  /** How long a message whose answer has no early frame is given to arrive. */
  private static final long GRACE_MS = 200;

  /** So close to the end of the run its end may be on its way. */
  private static final long TOO_LATE_MS = 20;

  /** A run in progress: its first frame came, or where it has none before its end, a short time. */
  static InARun begun(Bench b, String session) throws Finds, InterruptedException {
    return cutAfter(b, session, b.rehearsed(Stimulus.SLOW).inOneBurst() ? 0 : 1);
  }

  /**
   * Lets only targets pass of whose runs two frames or more can come after a cut.
   *
   * @throws Inapplicable for others: one frame has no order
   */
  static void refuseOrderless(Bench b) throws Finds, InterruptedException {
    Shape shape = b.rehearsed(Stimulus.SLOW);
    if (shape.frames() - (shape.inOneBurst() ? 0 : 1) < 2) {
      throw new Inapplicable("only one frame of this server's answers can come after a cut");
    }
  }

  /**
   * A run of which so many frames were looked at and no more.
   *
   * @param frame from 0, which stands for the message itself
   * @throws Inapplicable where nothing is between this frame of the target's answers and their end
   */
  static InARun cutAfter(Bench b, String session, int frame) throws Finds, InterruptedException {
    Shape shape = b.rehearsed(Stimulus.SLOW);
    if (frame >= shape.frames()) {
      throw new Inapplicable("a slow run of this server has only " + shape.frames() + " frames");
    }
    if (!shape.hasTimeAfter(frame)) {
      throw new Inapplicable(
          String.format(
              Locale.ROOT,
              "the rest of a slow run of this server comes %d ms after its frame %d",
              shape.restAfter(frame),
              frame));
    }
    Talk talk = b.connect(session);
    talk.says(b.slow());
    InARun run = new InARun(talk, shape, b.log().nowMs());
    for (int i = 1; i <= frame; i++) {
      Event.Text next =
          talk.expect(
              "frame " + i + " of the run", e -> e.isOfRun() || e.isEnd(), run.endsWithinMs());
      run.refuseEnd(next);
    }
    if (frame == 0) {
      b.pause(Math.min(GRACE_MS, shape.tookMs() / 4));
    }
    return run;
  }

  /** How long its end may take on a machine that has got busier. */
  long endsWithinMs() {
    return Math.max(talk.patienceMs(), shape.surelyOverMs());
  }

  /**
   * Ends the connection, unless the target did, and reads what still came on it.
   *
   * @return whether the message was surely taken: some frame of its run came
   * @throws Unclear when the end of the run came on the connection
   * @throws Inapplicable when the target's way of answering lets no connection end before the run
   */
  boolean ends(Bench b, Ending how) throws Finds, InterruptedException {
    Event event = talk.next(0);
    while (event != null && !(event instanceof Event.Closed)) {
      if (event instanceof Event.Text text) {
        refuseEnd(text);
      }
      event = talk.next(0);
    }
    if (event == null) {
      if (b.log().nowMs() - saidMs > shape.tookMs() - TOO_LATE_MS) {
        throw new Unclear("the cut came too late: the run may have been over");
      }
      talk.ends(how);
      readToItsEnd(b, how);
    }
    return talk.heard().stream().anyMatch(Event.Text::isOfRun);
  }

  private void readToItsEnd(Bench b, Ending how) throws Finds, InterruptedException {
    long untilMs = b.log().nowMs() + endsWithinMs();
    Event event = talk.next(endsWithinMs());
    while (event != null && !(event instanceof Event.Closed)) {
      if (event instanceof Event.Text text && text.isEnd()) {
        throw tooLate(b, how);
      }
      event = talk.next(untilMs - b.log().nowMs());
    }
  }

  private Finds tooLate(Bench b, Ending how) throws Finds, InterruptedException {
    return how == Ending.CLOSE && !b.rehearsal().pongsInARun(b)
        ? new Inapplicable("this server reads no close frame while a run is in progress")
        : new Unclear("the end of the run came before its connection ended");
  }

  private void refuseEnd(Event.Text frame) throws Unclear {
    if (frame.isEnd()) {
      throw new Unclear("the run was over already: " + Talk.describe(frame));
    }
  }
}
