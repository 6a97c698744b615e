package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Section resume: what was missed comes, once, in order and marked. */
final class ReplayCases {
  private static final String MISSED = "resume/replays-exactly-what-was-missed";

  /** How often a connection is ended in a replay; each time one frame later. */
  private static final int MOST_DEATHS = 12;

  static final List<Case> ALL =
      List.of(
          Case.of(
                  "resume/replay-is-marked",
                  "A client cannot tell what it may have seen from what is new.")
              .given("a replay contained frames", b -> replayed(b).frames())
              .then((b, frames) -> {
                for (Event.Text frame : frames) {
                  if (!frame.isReplay()) {
                    throw new Mismatch("replay true", frame.text());
                  }
                }
              }),
          Case.of(
                  "resume/resend-is-the-same-frame",
                  "A replay is made anew, with other times and ids.")
              .given("frames that had come live came again in a replay", b -> replayed(b).person())
              .then((b, ana) -> ana.judge(Person.RESENDS)),
          Case.of(
                  "resume/caught-up-ends-the-replay",
                  "The end of a replay is not told where nothing was replayed.")
              .given(
                  "a client that had missed nothing came back with outcome resumed",
                  b -> {
                    Visit back = ResumeSituations.left(b).visits().is("resumed");
                    if (back.told("top_seq") != back.person.got) {
                      throw new Unclear("the top is not the position of the last frame");
                    }
                    return back;
                  })
              .then(ReplayCases::nothingButCaughtUp),
          Case.of(
                  "resume/live-after-caught-up",
                  "Live frames are sent while the replay is still going on.",
                  Need.SLOW_ANSWER)
              .given(
                  "a hello in the middle of a run was answered by frames up to the top and newer ones",
                  ReplayCases::liveBehindReplay)
              .then(ReplayCases::liveAfterwards),
          Case.of(
                  "resume/client-may-send-during-replay",
                  "What arrives during a replay is dropped.")
              .given(
                  "a message was sent before anything of a replay was read",
                  ReplayCases::saidInReplay)
              .then((b, back) -> {
                back.answer("in-replay");
                if (back.person.repeats() == 0) {
                  throw new Unclear("the replay contained no frame");
                }
              }),
          one(MISSED, "lost-connected", "A connected that was lost on its way counts as received.")
              .given(
                  "five hellos were cut off before their answer was read, and a sixth was answered"
                      + " with outcome resumed",
                  ReplayCases::lostConnected)
              .then((b, back) -> exactly(back)),
          one(
                  MISSED,
                  "death-in-every-replay",
                  "What was written to a connection that died in its replay counts as received.")
              .given("a run ended, and its client left", ResumeSituations::left)
              .then(ReplayCases::deathInReplay),
          Case.of(
                  "resume/disconnect-is-not-cancel",
                  "The run is tied to the connection that started it.",
                  Need.SLOW_ANSWER)
              .given(
                  "a link was cut in the middle of a run, and its client came back after the time"
                      + " that the run takes",
                  b -> {
                    Visit first = inARun(b);
                    first.talk.cut();
                    b.pause(b.rehearsed(Stimulus.SLOW).surelyOverMs());
                    return first.person.visits().is("resumed");
                  })
              .then((b, back) -> {
                Event.Text end =
                    back.expect("the end of the run", Event.Text::isEnd, back.slowMs());
                if (!end.isAnswer()) {
                  throw new Mismatch("the answer", Talk.describe(end));
                }
              }),
          Case.of(
                  "resume/replay-runs-no-tool",
                  "The run is started anew for every client that comes back.",
                  Need.SLOW_ANSWER)
              .given(
                  "a link was cut in the middle of a run that uses tools, and its client got the rest",
                  ReplayCases::toolsAcrossACut)
              .then(ReplayCases::toolsOnce));

  private ReplayCases() {}

  private record Replayed(Person person, List<Event.Text> frames) {}

  /** A whole run was read, and is asked for again. */
  private static Replayed replayed(Bench b) throws Finds, InterruptedException {
    Person ana = ResumeSituations.left(b);
    ana.got = 0;
    List<Event.Text> frames = ana.visits().is("resumed").replay();
    if (frames.isEmpty()) {
      throw new Unclear("the replay contained no frame");
    }
    return new Replayed(ana, frames);
  }

  private static void nothingButCaughtUp(Bench b, Visit back) throws Finds, InterruptedException {
    Event.Text first = back.expect("status caught_up", e -> e.isStatus("caught_up") || e.seq() > 0);
    if (first.seq() > 0) {
      throw new Mismatch("nothing but caught_up", Talk.describe(first));
    }
    if (first.data("seq").asLong(-1) != back.told("top_seq")) {
      throw new Mismatch("caught_up with seq " + back.told("top_seq"), Talk.describe(first));
    }
  }

  /** A connection in the middle of a run. */
  private static Visit inARun(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    visit.says(b.slow());
    visit.awaitAck(1);
    if (visit.person.sawAnEnd()) {
      throw new Unclear("the run ended before its message was acked");
    }
    return visit;
  }

  private static Visit liveBehindReplay(Bench b) throws Finds, InterruptedException {
    Visit first = ResumeSituations.answered(Person.in(b).visits());
    String id = first.says(b.slow());
    first.awaitAck(2);
    first.talk.cut();
    first.person.got = 0;
    Visit back = first.person.visits().is("resumed");
    long top = back.told("top_seq");
    back.expect(
        "the end of the slow run",
        e -> e.isEnd() && e.seq() > 0 && (e.seq() > top || e.field("reply_to").equals(id)),
        back.slowMs());
    boolean live = back.talk.heard().stream().anyMatch(e -> e.seq() > top);
    boolean replayed = back.talk.heard().stream().anyMatch(e -> e.seq() > 0 && e.seq() <= top);
    if (!live || !replayed) {
      throw new Unclear("the slow run was over before its client was back, or was not replayed");
    }
    return back;
  }

  private static void liveAfterwards(Bench b, Visit back) throws Mismatch {
    boolean over = false;
    for (Event.Text frame : back.talk.heard()) {
      if (frame.seq() > back.told("top_seq") && !over) {
        throw new Mismatch("caught_up before a new frame", Talk.describe(frame));
      }
      over |= frame.isStatus("caught_up");
    }
  }

  private static Visit saidInReplay(Bench b) throws Finds, InterruptedException {
    Person ana = ResumeSituations.left(b);
    ana.got = 0;
    Visit back = ana.visits().is("resumed");
    back.sends(ana.message("in-replay", b.plain()));
    return back;
  }

  private static Visit lostConnected(Bench b) throws Finds, InterruptedException {
    Person ana = ResumeSituations.left(b);
    ana.got = 0;
    for (int i = 0; i < 5; i++) {
      Talk talk = ana.opens();
      talk.sends(ana.hello());
      talk.cut();
    }
    return ana.visits().is("resumed");
  }

  /** Everything up to the top comes, each once and in order, to a client that has nothing. */
  private static void exactly(Visit back) throws Finds, InterruptedException {
    long came = back.replay().size();
    back.person.judge(Person.POSITIONS);
    if (came != back.told("top_seq")) {
      throw new Mismatch(back.told("top_seq") + " frames", came + " frames");
    }
  }

  private static void deathInReplay(Bench b, Person ana) throws Finds, InterruptedException {
    long all = ana.got;
    for (int read = 0; read < Math.min(all, MOST_DEATHS); read++) {
      ana.got = 0;
      Visit dying = ana.visits().is("resumed");
      for (int i = 0; i < read; i++) {
        dying.expect("frame " + (i + 1) + " of the replay", e -> e.seq() > 0);
      }
      dying.talk.cut();
    }
    ana.got = 0;
    exactly(ana.visits().is("resumed"));
  }

  /**
   * A connection after a run that used tools.
   *
   * @param calls what was told of its tools on all connections
   */
  private record Tools(Visit back, List<Event.Text> calls) {}

  private static Tools toolsAcrossACut(Bench b) throws Finds, InterruptedException {
    Visit first = inARun(b);
    first.talk.cut();
    Visit back = first.person.visits().is("resumed");
    back.replay();
    if (!first.person.sawAnEnd()) {
      back.expect("the answer", Event.Text::isAnswer, back.slowMs());
    }
    List<Event.Text> calls = new ArrayList<>(first.talk.heard());
    calls.addAll(back.talk.heard());
    calls.removeIf(e -> !e.type().equals("tool_execution"));
    if (calls.isEmpty()) {
      throw new Inapplicable("a slow run of this server uses no tool");
    }
    return new Tools(back, calls);
  }

  /** A frame that comes again in its position is no start. */
  private static void toolsOnce(Bench b, Tools tools) throws Finds, InterruptedException {
    tools.back().quiet("tool that runs again", e -> e.type().equals("tool_execution"));
    Map<String, Long> started = new HashMap<>();
    for (Event.Text frame : tools.calls()) {
      if (frame.data("status").asText().equals("running")) {
        String call = frame.data("tool_call_id").asText();
        Long before = started.putIfAbsent(call, frame.seq());
        if (before != null && before != frame.seq()) {
          throw new Mismatch("one start of call " + call, Talk.describe(frame));
        }
      }
    }
  }
}
