package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Http;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Section resume: positions and acks, both ways. */
final class PositionCases {
  static final List<Case> ALL =
      List.of(
          Case.of(
              "resume/positions-start-at-one", "Counting begins at 0 or goes on.", b -> counts(b)),
          Case.of(
              "resume/positions-rise-by-one", "A counter is shared by sessions.", b -> counts(b)),
          Case.of(
              "resume/run-frames-carry-run-id",
              "A client cannot tell which run a frame is of.",
              b -> {
                Person ana = Person.in(b);
                Visit visit = ana.visits();
                visit.answer(visit.says(b.plain()));
                for (Event.Text frame : ana.frames()) {
                  if (frame.isOfRun() && frame.field("run_id").isEmpty()) {
                    throw new Mismatch("run_id on each frame of a run", frame.text());
                  }
                }
              }),
          Case.of(
              "envelope/terminal-error-has-run-id",
              "An error that ends a run looks like one that does not.",
              b -> {
                Visit visit = Person.in(b).visits();
                visit.says(b.stimulus(Stimulus.FAIL));
                Event.Text end = visit.error("agent_failed");
                if (end.field("run_id").isEmpty()) {
                  throw new Mismatch("run_id", end.text());
                }
              },
              Need.FAILING_ANSWER),
          Case.of(
              "resume/server-counter-is-per-session",
              "Positions are counted for each connection: a resume cannot be asked for.",
              b -> {
                Person ana = Person.in(b);
                Visit first = ana.visits();
                first.answer(first.says(b.plain()));
                first.leaves();
                Visit second = ana.visits().is("resumed");
                second.replay();
                second.answer(second.says(b.plain()));
              }),
          Case.of(
              "resume/client-counters-are-per-client",
              "All clients of a session are counted together.",
              b -> {
                Person ana = Person.in(b);
                Visit first = ana.visits();
                first.answer(first.says(b.plain()));
                Person tab = ana.other();
                Visit second = tab.visits();
                if (second.told("ack") != 0) {
                  throw new Mismatch("ack 0 for a new client", second.connected.text());
                }
                second.answer(second.says(b.plain()));
              }),
          Case.of(
              "resume/positioned-frames-reach-every-connection",
              "What HTTP started is not shown on the socket.",
              PositionCases::postIsSeen,
              Need.CHAT),
          Case.of(
              "resume/refused-frame-takes-its-position",
              "A refused frame's position stays open: the next one is a gap.",
              PositionCases::refusedIsCounted),
          Case.of(
              "resume/server-positions",
              "An error that answers a positioned frame is lost with its connection.",
              b -> {
                Person ana = Person.in(b);
                Visit visit = ana.visits();
                visit.sends(ana.message("m1", ""));
                Event.Text error = visit.error("empty_content");
                if (error.seq() == 0) {
                  throw new Mismatch("a seq", error.text());
                }
              }),
          Case.of(
              "resume/refused-frame-claims-no-id",
              "The id of a refused message stays taken.",
              b -> {
                Person ana = Person.in(b);
                Visit visit = ana.visits();
                visit.sends(ana.message("m1", ""));
                visit.error("empty_content");
                visit.sends(ana.message("m1", b.plain()));
                visit.answer("m1");
              }),
          Case.of(
              "resume/ack-within-1-s-or-32-frames",
              "Acks are sent only when something else is.",
              b -> {
                Visit visit = sentTwice(b);
                visit.expect(
                    "an ack of 1 within 1 s, though nothing else is to be sent",
                    e -> e.json().path("ack").asLong(-1) >= 1,
                    1_000 + b.pace().aftermathMs());
              }),
          Case.of(
              "resume/ack-is-highest-contiguous",
              "What was sent is acked, or one less or more.",
              b -> {
                Person ana = Person.in(b);
                Visit visit = ana.visits();
                for (int i = 0; i < 3; i++) {
                  visit.says(b.plain());
                }
                Event.Text ack = visit.acked(3);
                if (ack.json().path("ack").asLong() > 3) {
                  throw new Mismatch("an ack of 3", ack.text());
                }
              }),
          Case.of(
              "resume/server-acks-what-is-stored",
              "A message is acked before it is kept, and lost with its connection.",
              b -> {
                Person ana = Person.in(b);
                Visit visit = ana.visits();
                visit.says(b.slow());
                visit.acked(1);
                visit.talk.cut();
                Visit back = ana.visits();
                if (back.told("ack") < 1) {
                  throw new Mismatch("ack 1 in connected", back.connected.text());
                }
                back.expect("the answer", Event.Text::isAnswer, 15_000);
              },
              Need.SLOW_ANSWER),
          counted(
              "on-ping",
              (visit, at) -> visit.sends(Json.frame("ping").put("id", "p").put("ack", at))),
          counted("on-status", (visit, at) -> visit.acks(at)),
          Case.of(
              "resume/lower-ack-is-ignored",
              "An ack that was overtaken is a violation, or takes back what was acked.",
              b -> {
                Person ana = Person.in(b);
                Visit visit = ana.visits();
                visit.answer(visit.says(b.plain()));
                visit.acks(ana.got);
                visit.acks(1);
                visit.stillHears();
                visit.leaves();
                ana.visits().is("resumed").replay();
              }),
          beyond("by-one", 1),
          beyond("by-far", 1_000_000),
          Case.of(
              "resume/zero-is-always-valid",
              "Position 0 is taken for a missing one.",
              b -> {
                Visit visit = Person.in(b).visits();
                visit.acks(0);
                visit.stillHears();
              }),
          Case.of(
              "resume/duplicate-is-dropped",
              "What was sent again after a resume is worked on again.",
              b -> {
                Visit visit = sentTwice(b);
                visit.quiet("second run", e -> e.isStatus("processing") || e.isAnswer());
              }),
          Case.of(
              "resume/duplicate-is-acked-again",
              "A dropped duplicate is not acked: its sender sends it for ever.",
              b -> sentTwice(b).acked(1)),
          Case.of(
              "resume/next-is-delivered",
              "The second message of a connection is lost.",
              b -> {
                Visit visit = Person.in(b).visits();
                String first = visit.says(b.plain());
                String second = visit.says(b.plain());
                visit.answer(first);
                visit.answer(second);
              }),
          Case.of(
              "resume/gap-closes-4003",
              "What comes too early is taken, and what is missing never asked for.",
              b -> {
                Person ana = Person.in(b);
                Visit visit = ana.visits();
                ana.sent++;
                visit.says(b.plain());
                visit.closedWith(4003);
                Visit back = ana.visits();
                if (back.told("ack") != 0) {
                  throw new Mismatch("ack 0: nothing was processed", back.connected.text());
                }
              }),
          Case.of(
              "resume/second-gap-closes-4203",
              "A client that cannot count comes back for ever.",
              b -> {
                Person ana = Person.in(b);
                for (int code : new int[] {4003, 4203}) {
                  Visit visit = ana.visits();
                  ana.sent = 1;
                  visit.says(b.plain());
                  visit.closedWith(code);
                }
              }),
          number("point", "1.0"),
          number("exponent", "1e0"),
          number("negative", "-1"),
          number("too-large", "9007199254740992"));

  private PositionCases() {}

  private static void counts(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    visit.answer(visit.says(b.plain()));
    visit.answer(visit.says(b.plain()));
    if (ana.got == 0) {
      throw new Mismatch("frames of a run with a seq", "none had one");
    }
  }

  private static void postIsSeen(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    var message = Http.message(ana.session, b.plain()).put("id", "h1");
    var posted = b.http().chat(message, "Authorization", "Bearer " + ana.token);
    visit.answer("h1");
    posted.get();
  }

  private static void refusedIsCounted(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    visit.sends(ana.message("m1", ""));
    visit.acked(1);
    visit.answer(visit.says(b.plain()));
  }

  /** How an ack may travel. */
  private interface Acking {
    void by(Visit visit, long position) throws Finds;
  }

  /** What was acked need not be kept: whoever goes behind it afterwards is reset. */
  private static Case counted(String word, Acking acking) {
    return one(
        "resume/ack-counts-on-any-frame",
        word,
        "Acks are looked for on one kind of frame only.",
        b -> {
          Person ana = Person.in(b);
          Visit visit = ana.visits();
          visit.answer(visit.says(b.plain()));
          acking.by(visit, ana.got);
          visit.stillHears();
          acking.by(visit, ana.got + 1_000);
          visit.closedWith(4203);
        });
  }

  private static Case beyond(String word, long more) {
    return one(
        "resume/ack-beyond-sent-closes-4203",
        word,
        "An ack is believed without a look at what was sent.",
        b -> {
          Person ana = Person.in(b);
          Visit visit = ana.visits();
          visit.acks(visit.told("top_seq") + more);
          visit.closedWith(4203);
        });
  }

  private static Visit sentTwice(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    ObjectNode message = ana.message("m1", b.plain());
    visit.sends(message.deepCopy());
    visit.answer("m1");
    visit.awaitAck(1);
    visit.sends(message);
    return visit;
  }

  private static Case number(String word, String seq) {
    return one(
        "envelope/integers-are-plain",
        word,
        "Positions are read as floating point numbers.",
        b -> {
          Visit visit = Person.in(b).visits();
          visit.talk.sendsText(
              "{\"type\":\"message\",\"id\":\"m1\",\"seq\":"
                  + seq
                  + ",\"data\":{\"content\":\"hello\"}}");
          Event.Text error = visit.talk.errorOrClose();
          if (error != null && !error.isError("invalid_frame")) {
            throw new Mismatch("error invalid_frame or a close", Talk.describe(error));
          }
        });
  }
}
