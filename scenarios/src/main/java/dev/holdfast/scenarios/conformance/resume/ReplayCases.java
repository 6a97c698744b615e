package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Ending;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Rehearsal.Shape;
import dev.holdfast.scenarios.conformance.Retained;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;

/** Section resume: what was missed comes, once, in order and marked, however often one dies. */
final class ReplayCases {
  /** Frames of a slow run that the families look behind. */
  private static final int BOUNDARIES = 7;

  static final List<Case> ALL = all();

  private ReplayCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>(single());
    for (Ending ending : Ending.values()) {
      for (int frame = 0; frame < BOUNDARIES; frame++) {
        cases.add(cut(ending, frame, true));
        cases.add(cut(ending, frame, false));
      }
    }
    for (int frames : new int[] {100, 101, 1_000}) {
      cases.add(
          one(
              "resume/replays-exactly-what-was-missed",
              frames + "-frames",
              "A replay stops at a size of its own, or blocks on its own queue.",
              b -> {
                Visit back = afterSoMany(b, frames).is("resumed");
                int came = back.replay().size();
                if (came != frames) {
                  throw new Mismatch(frames + " frames", came + " frames");
                }
              },
              Need.LONG_ANSWER,
              Need.TOOLS));
    }
    cases.add(
        one(
            "resume/reset-on-overflow",
            "1001-frames",
            "What is left is replayed as if nothing were missing.",
            b -> afterSoMany(b, 1_001).isReset("overflow"),
            Need.LONG_ANSWER,
            Need.TOOLS));
    return List.copyOf(cases);
  }

  private static List<Case> single() {
    return List.of(
        Case.of(
            "resume/replay-is-marked",
            "A client cannot tell what it may have seen from what is new.",
            b -> {
              for (Event.Text frame : missedAll(b).replay()) {
                if (!frame.isReplay()) {
                  throw new Mismatch("replay true", frame.text());
                }
              }
            }),
        Case.of(
            "resume/resend-is-the-same-frame",
            "A replay is made anew, with other times and ids.",
            b -> {
              Person ana = Person.in(b);
              Visit first = ana.visits();
              first.answer(first.says(b.plain()));
              first.leaves();
              ana.got = 0;
              ana.visits().replay();
            }),
        Case.of(
            "resume/caught-up-ends-the-replay",
            "The end of a replay is not told where nothing was replayed.",
            b -> {
              Person ana = Person.in(b);
              Visit first = ana.visits();
              first.answer(first.says(b.plain()));
              first.leaves();
              List<Event.Text> replayed = ana.visits().is("resumed").replay();
              if (!replayed.isEmpty()) {
                throw new Mismatch("nothing but caught_up", replayed.get(0).text());
              }
            }),
        Case.of(
            "resume/live-after-caught-up",
            "Live frames are sent while the replay is still going on.",
            ReplayCases::liveAfterwards,
            Need.SLOW_ANSWER),
        Case.of(
            "resume/client-may-send-during-replay",
            "What arrives during a replay is dropped.",
            b -> {
              Person ana = Person.in(b);
              Visit first = ana.visits();
              first.answer(first.says(b.plain()));
              first.leaves();
              ana.got = 0;
              Talk talk = ana.opens();
              talk.sends(ana.hello());
              talk.sends(ana.message("in-replay", b.plain()));
              Visit back = ana.greeted(talk);
              back.replay();
              back.answer("in-replay");
            }),
        one(
            "resume/replays-exactly-what-was-missed",
            "lost-connected",
            "A connected that was lost on its way counts as received.",
            b -> {
              Person ana = Person.in(b);
              Visit first = ana.visits();
              first.answer(first.says(b.plain()));
              first.leaves();
              ana.got = 0;
              for (int i = 0; i < 5; i++) {
                Talk talk = ana.opens();
                talk.sends(ana.hello());
                talk.cut();
              }
              ana.visits().is("resumed").replay();
            }),
        one(
            "resume/replays-exactly-what-was-missed",
            "death-in-every-replay",
            "What was written to a connection that died in its replay counts as received.",
            ReplayCases::deathInReplay),
        Case.of(
            "resume/disconnect-is-not-cancel",
            "The run is tied to the connection that started it.",
            b -> {
              Shape slow = b.rehearsed(Stimulus.SLOW);
              Person ana = Person.in(b);
              Visit first = ana.visits();
              first.says(b.slow());
              first.acked(1);
              first.talk.cut();
              b.pause(slow.surelyOverMs());
              Visit back = ana.visits().is("resumed");
              List<Event.Text> replayed = back.replay();
              if (replayed.isEmpty() || !replayed.get(replayed.size() - 1).isAnswer()) {
                throw new Mismatch("the answer at the end of the replay", shown(replayed));
              }
            },
            Need.SLOW_ANSWER),
        Case.of(
            "resume/replay-runs-no-tool",
            "The run is started anew for whoever comes back.",
            ReplayCases::toolsOnce,
            Need.SLOW_ANSWER));
  }

  private static String shown(List<Event.Text> frames) {
    return frames.isEmpty() ? "nothing" : Talk.describe(frames.get(frames.size() - 1));
  }

  /** A whole run was missed. */
  private static Visit missedAll(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit first = ana.visits();
    first.answer(first.says(b.plain()));
    first.leaves();
    ana.got = 0;
    return ana.visits().is("resumed");
  }

  private static Case cut(Ending ending, int frame, boolean early) {
    return one(
        "resume/replays-exactly-what-was-missed",
        ending.word() + "-after-frame-" + frame + (early ? "-back-early" : "-back-late"),
        "What was written to a dying connection counts as received.",
        b -> cutAndBack(b, ending, frame, early),
        Need.SLOW_ANSWER);
  }

  private static void cutAndBack(Bench b, Ending ending, int frame, boolean early)
      throws Finds, InterruptedException {
    Shape shape = b.rehearsed(Stimulus.SLOW);
    if (frame >= shape.frames()) {
      throw new Inapplicable("a slow run of this server has only " + shape.frames() + " frames");
    }
    Person ana = Person.in(b);
    Visit before = ana.visits();
    String id = before.says(b.slow());
    for (int i = 0; i < frame; i++) {
      before.expect("frame " + (i + 1) + " of the run", Event.Text::isOfRun);
    }
    if (frame == 0) {
      before.stillHears();
    }
    before.talk.ends(ending);
    if (!early) {
      b.pause(shape.surelyOverMs());
    }
    Visit back = ana.visits().is("resumed");
    if (back.told("ack") < 1) {
      throw new Mismatch("ack 1: the message was taken", back.connected.text());
    }
    back.replay();
    boolean over = ana.frames().stream().anyMatch(Event.Text::isAnswer);
    if (!over) {
      back.answer(id, 15_000);
    }
    back.quiet("frame of the run after its end", Event.Text::isOfRun);
    onlyOneEnd(ana);
  }

  private static void onlyOneEnd(Person ana) throws Mismatch {
    List<Event.Text> ends = ana.frames().stream().filter(Event.Text::isEnd).toList();
    if (ends.size() != 1) {
      throw new Mismatch("one end of the run", ends.size() + " of them");
    }
  }

  private static void liveAfterwards(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit first = ana.visits();
    first.answer(first.says(b.plain()));
    String id = first.says(b.slow());
    first.acked(2);
    first.talk.cut();
    ana.got = 0;
    Visit back = ana.visits().is("resumed");
    back.replay();
    Event.Text end = back.answer(id, 15_000);
    if (end.isReplay() && back.told("top_seq") < end.seq()) {
      throw new Mismatch("a live frame without replay", end.text());
    }
  }

  private static void deathInReplay(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit first = ana.visits();
    first.answer(first.says(b.plain()));
    long all = ana.got;
    first.leaves();
    for (int read = 0; read < all; read++) {
      ana.got = 0;
      Visit dying = ana.visits().is("resumed");
      for (int i = 0; i < read; i++) {
        dying.expect("frame " + (i + 1) + " of the replay", e -> e.seq() > 0);
      }
      dying.talk.cut();
    }
    ana.got = 0;
    int came = ana.visits().is("resumed").replay().size();
    if (came != all) {
      throw new Mismatch(all + " frames", came + " frames");
    }
  }

  private static void toolsOnce(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit first = ana.visits();
    String id = first.says(b.slow());
    first.acked(1);
    first.talk.cut();
    Visit back = ana.visits();
    back.replay();
    if (ana.frames().stream().noneMatch(Event.Text::isAnswer)) {
      back.answer(id, 15_000);
    }
    back.quiet("tool that runs again", e -> e.type().equals("tool_execution"));
    long started =
        ana.frames().stream()
            .filter(e -> e.type().equals("tool_execution"))
            .filter(e -> e.data("status").asText().equals("running"))
            .map(e -> e.data("tool_call_id").asText())
            .count();
    long calls =
        ana.frames().stream()
            .filter(e -> e.type().equals("tool_execution"))
            .map(e -> e.data("tool_call_id").asText())
            .distinct()
            .count();
    if (started > calls) {
      throw new Mismatch(calls + " starts of tools", started + " of them");
    }
  }

  /** Somebody who acked nothing of so many frames is back. */
  private static Visit afterSoMany(Bench b, int frames) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    long limit = visit.told("replay_max_frames");
    if (limit != 1_000) {
      throw new Inapplicable("this server keeps " + limit + " frames, not 1,000");
    }
    for (Stimulus kind : Retained.mix(b, frames)) {
      visit.answer(visit.says(b.stimulus(kind)), 15_000);
    }
    if (ana.got != frames) {
      throw new Inapplicable("answers differ in length from time to time");
    }
    visit.leaves();
    ana.got = 0;
    return ana.visits();
  }
}
