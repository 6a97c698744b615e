package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Ending;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Rehearsal.Shape;
import dev.holdfast.scenarios.conformance.Retained;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Section resume: a link that is cut behind each frame of a run, and replays of many frames. */
final class CutCases {
  private static final String MISSED = "resume/replays-exactly-what-was-missed";

  /** Frames of a slow run that the families look behind. */
  private static final int BOUNDARIES = 7;

  /** How often a client comes back until something was retained for it. */
  private static final int MOST_RETURNS = 5;

  private static final int KEPT = 1_000;

  static final List<Case> ALL = all();

  private CutCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Ending ending : Ending.values()) {
      for (int frame = 0; frame < BOUNDARIES; frame++) {
        cases.add(cut(ending, frame, true));
        cases.add(cut(ending, frame, false));
      }
    }
    for (int frames : new int[] {100, 101, KEPT}) {
      cases.add(many(frames));
    }
    cases.add(
        one(
                "resume/reset-on-overflow",
                (KEPT + 1) + "-frames",
                "What is left is replayed as if nothing were missing.",
                Need.LONG_ANSWER,
                Need.TOOLS)
            .given(
                "a client missed one frame more than the server keeps, and not all of them came",
                CutCases::overflown)
            .then((b, back) -> back.isReset("overflow")));
    return List.copyOf(cases);
  }

  private static Case cut(Ending ending, int frame, boolean early) {
    String when = early ? "-back-early" : "-back-late";
    return one(
            MISSED,
            ending.word() + "-after-frame-" + frame + when,
            "What was written to a dying connection counts as received.",
            Need.SLOW_ANSWER)
        .given(
            String.format(
                Locale.ROOT,
                "a link ended behind frame %d of a run, and the client came back when %s was retained",
                frame,
                early ? "a frame more" : "the rest"),
            b -> cutAndBack(b, ending, frame, early))
        .then(CutCases::restComes);
  }

  /**
   * A client that was cut off in a run.
   *
   * @param message what it had sent, to be sent again when the server has not stored it
   * @param frames how many frames of the run it had read
   */
  private record Back(Visit visit, ObjectNode message, int frames) {}

  private static Back cutAndBack(Bench b, Ending ending, int frame, boolean early)
      throws Finds, InterruptedException {
    Shape shape = b.rehearsed(Stimulus.SLOW);
    if (frame >= shape.frames()) {
      throw new Inapplicable("a slow run of this server has only " + shape.frames() + " frames");
    }
    Person ana = Person.in(b);
    Visit before = ana.visits();
    ObjectNode message = ana.message("m1", b.slow());
    before.sends(message.deepCopy());
    for (int i = 0; i < frame; i++) {
      before.expect("frame " + (i + 1) + " of the run", Event.Text::isOfRun, before.slowMs());
    }
    if (frame == 0) {
      before.stillHears();
    }
    if (ana.sawAnEnd()) {
      throw new Unclear("the run ended before the link was cut");
    }
    before.talk.ends(ending);
    b.pause(early ? untilNext(shape, frame) : shape.surelyOverMs());
    Visit back = ana.visits().is("resumed");
    for (int i = 0; i < MOST_RETURNS && back.told("top_seq") <= ana.got; i++) {
      back.talk.ends(ending);
      b.pause(untilNext(shape, frame));
      back = ana.visits().is("resumed");
    }
    if (back.told("top_seq") <= ana.got) {
      throw new Unclear("nothing of the run was retained when its client came back");
    }
    return new Back(back, message, frame);
  }

  /** In which time the next frame of the run is made. */
  private static long untilNext(Shape shape, int frame) {
    long lastMs = frame == 0 ? 0 : shape.atMs().get(frame - 1);
    return shape.atMs().get(frame) - lastMs + 50;
  }

  private static void restComes(Bench b, Back back) throws Finds, InterruptedException {
    Visit visit = back.visit();
    Person ana = visit.person;
    visit.replay();
    if (visit.told("ack") < 1) {
      if (back.frames() > 0) {
        throw new Mismatch("ack 1: frames of its run had come", visit.connected.text());
      }
      visit.sends(back.message());
    }
    if (!ana.sawAnEnd()) {
      visit.answer("m1", visit.slowMs());
    }
    visit.quiet("frame of the run after its end", Event.Text::isOfRun);
    ana.judge(Person.POSITIONS);
    List<Event.Text> ends = ana.frames().stream().filter(Event.Text::isEnd).toList();
    if (ends.size() != 1 || !ends.get(0).isAnswer()) {
      throw new Mismatch("one answer to the message", "the ends " + ends);
    }
  }

  private static Case many(int frames) {
    return one(
            MISSED,
            frames + "-frames",
            "A replay stops at a size of its own, or blocks on its own queue.",
            Need.LONG_ANSWER,
            Need.TOOLS)
        .given(
            String.format(
                Locale.ROOT,
                "a client that acked nothing of %d frames came back with outcome resumed",
                frames),
            b -> afterSoMany(b, frames).is("resumed"))
        .then((b, back) -> {
          int came = back.replay().size();
          back.person.judge(Person.POSITIONS);
          if (came != frames) {
            throw new Mismatch(frames + " frames", came + " frames");
          }
        });
  }

  private static Visit overflown(Bench b) throws Finds, InterruptedException {
    Visit back = afterSoMany(b, KEPT + 1);
    if (back.outcome().equals("resumed") && back.replay().size() == KEPT + 1) {
      throw new Inapplicable("this server keeps more frames than it tells");
    }
    return back;
  }

  /** A client that acked nothing of so many frames is back. */
  private static Visit afterSoMany(Bench b, int frames) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    long limit = visit.told("replay_max_frames");
    if (limit != KEPT) {
      throw new Inapplicable("this server keeps " + limit + " frames, not " + KEPT);
    }
    for (Stimulus kind : Retained.mix(b, frames)) {
      visit.answer(visit.says(b.stimulus(kind)), visit.slowMs());
    }
    if (ana.got != frames) {
      throw new Unclear("the answers were " + ana.got + " frames and not as long as rehearsed");
    }
    long bytes = ana.frames().stream().mapToLong(e -> e.text().length()).sum();
    if (2 * bytes > visit.told("replay_max_bytes")) {
      throw new Inapplicable(frames + " frames of this server come near its limit of bytes");
    }
    visit.leaves();
    ana.got = 0;
    return ana.visits();
  }
}
