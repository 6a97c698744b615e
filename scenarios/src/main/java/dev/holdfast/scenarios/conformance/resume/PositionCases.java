package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Http;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Section resume: positions, both ways. */
final class PositionCases {
  private static final Situation<Bench, Sent> REFUSED =
      new Situation<>(
          "a message without content, in a position, was refused by an error",
          PositionCases::refused);

  static final List<Case> ALL =
      List.of(
          Case.of("resume/positions-start-at-one", "Counting begins at 0 or goes on.")
              .given(ResumeSituations.ANSWERED)
              .then((b, visit) -> {
                Event.Text first = visit.person.frames().get(0);
                if (first.seq() != 1) {
                  throw new Mismatch("seq 1 on the first positioned frame", first.text());
                }
              }),
          Case.of("resume/positions-rise-by-one", "A counter is shared by sessions.")
              .given(
                  "two messages were answered by frames in positions",
                  b -> ResumeSituations.answered(ResumeSituations.answered(Person.in(b).visits())))
              .then((b, visit) -> visit.person.judge(Person.POSITIONS)),
          Case.of("resume/run-frames-carry-run-id", "A client cannot tell which run a frame is of.")
              .given(ResumeSituations.ANSWERED)
              .then((b, visit) -> {
                for (Event.Text frame : visit.person.frames()) {
                  if (frame.isOfRun() && frame.field("run_id").isEmpty()) {
                    throw new Mismatch("run_id on each frame of a run", frame.text());
                  }
                }
              }),
          Case.of(
                  "envelope/terminal-error-has-run-id",
                  "An error that ends a run looks like one that does not.",
                  Need.FAILING_ANSWER)
              .given(
                  "a run ended with error agent_failed",
                  b -> {
                    Visit visit = Person.in(b).visits();
                    visit.says(b.stimulus(Stimulus.FAIL));
                    return visit.error("agent_failed");
                  })
              .then((b, end) -> {
                if (end.field("run_id").isEmpty()) {
                  throw new Mismatch("run_id", end.text());
                }
              }),
          Case.of(
                  "resume/server-counter-is-per-session",
                  "Positions are counted for each connection: a resume cannot be asked for.")
              .given(
                  "a client with an answered message came back with outcome resumed",
                  b -> {
                    Visit back = ResumeSituations.left(b).visits().is("resumed");
                    back.replay();
                    return back;
                  })
              .then((b, back) -> {
                back.answer(back.says(b.plain()));
                back.person.judge(Person.POSITIONS);
              }),
          Case.of(
                  "resume/client-counters-are-per-client",
                  "All clients of a session are counted together.")
              .given(
                  "a message of one client was answered, and another client was greeted",
                  PositionCases::otherClient)
              .then((b, second) -> {
                if (second.told("ack") != 0) {
                  throw new Mismatch("ack 0 for a new client", second.connected.text());
                }
                second.answer(second.says(b.plain()));
              }),
          Case.of(
                  "resume/positioned-frames-reach-every-connection",
                  "What HTTP started is not shown on the socket.",
                  Need.CHAT)
              .given("a POST to the session of an open connection was answered", b -> posted(b))
              .then((b, visit) -> visit.answer("h1")),
          Case.of(
                  "resume/refused-frame-takes-its-position",
                  "A refused frame's position stays open: the next one is a gap.")
              .given(REFUSED)
              .then((b, refused) -> {
                refused.visit().awaitAck(1);
                refused.visit().answer(refused.visit().says(b.plain()));
              }),
          Case.of(
                  "resume/server-positions",
                  "An error that answers a positioned frame is lost with its connection.")
              .given(
                  "a message was answered, and one without content was refused by an error",
                  b -> {
                    Visit visit = Person.in(b).visits();
                    visit.answer(visit.says(b.plain()));
                    visit.sends(visit.person.message("m1", ""));
                    visit.error("empty_content");
                    return visit;
                  })
              .then((b, visit) -> {
                for (Event.Text frame : visit.talk.heard()) {
                  if ((frame.isOfRun() || frame.isEnd()) && frame.seq() == 0) {
                    throw new Mismatch("a seq", frame.text());
                  }
                }
              }),
          Case.of("resume/refused-frame-claims-no-id", "The id of a refused message stays taken.")
              .given(REFUSED)
              .then((b, refused) -> {
                Visit visit = refused.visit();
                visit.sends(visit.person.message("m1", b.plain()));
                visit.answer("m1");
              }),
          Case.of("resume/next-is-delivered", "The second message of a connection is lost.")
              .given(
                  "a second message was sent behind a first one, which was answered",
                  b -> {
                    Visit visit = Person.in(b).visits();
                    String first = visit.says(b.plain());
                    String second = visit.says(b.plain());
                    visit.answer(first);
                    return new Sent(visit, second);
                  })
              .then((b, sent) -> {
                sent.visit().answer(sent.id());
                sent.visit().startsNothing(Stimulus.PLAIN);
              }),
          Case.of(
                  "resume/gap-closes-4003",
                  "What comes too early is taken, and what is missing never asked for.")
              .given(ResumeSituations.GREETED)
              .then((b, visit) -> {
                visit.person.sent++;
                visit.says(b.plain());
                visit.closedWith(4003);
                Visit back = visit.person.visits();
                if (back.told("ack") != 0) {
                  throw new Mismatch("ack 0: nothing was processed", back.connected.text());
                }
              }),
          Case.of(
                  "resume/second-gap-closes-4203",
                  "A client that cannot count comes back for ever.")
              .given(
                  "a gap was answered by close 4003, and the client came back",
                  b -> {
                    Visit visit = Person.in(b).visits();
                    visit.person.sent = 1;
                    visit.says(b.plain());
                    visit.closedWith(4003);
                    return visit.person.visits();
                  })
              .then((b, back) -> {
                back.person.sent = 1;
                back.says(b.plain());
                back.closedWith(4203);
              }),
          number("point", "1.0"),
          number("exponent", "1e0"),
          number("negative", "-1"),
          number("too-large", "9007199254740992"));

  private PositionCases() {}

  /** A connection, and the id of a message sent on it. */
  private record Sent(Visit visit, String id) {}

  private static Sent refused(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    visit.sends(visit.person.message("m1", ""));
    visit.error("empty_content");
    return new Sent(visit, "m1");
  }

  private static Visit otherClient(Bench b) throws Finds, InterruptedException {
    Visit first = ResumeSituations.answered(Person.in(b).visits());
    Visit second = first.person.other().visits();
    if (second.outcome().equals("resumed")) {
      second.replay();
    }
    return second;
  }

  private static Visit posted(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    var message = Http.message(visit.person.session, b.plain()).put("id", "h1");
    var answer =
        b.http().chat(message, "Authorization", "Bearer " + visit.person.token).get(visit.slowMs());
    Http.object("POST /api/chat", answer, 200);
    return visit;
  }

  private static Case number(String word, String seq) {
    return one("envelope/integers-are-plain", word, "Positions are read as floating point numbers.")
        .given(ResumeSituations.GREETED)
        .then((b, visit) -> {
          visit.talk.sendsText(
              "{\"type\":\"message\",\"id\":\"m1\",\"seq\":"
                  + seq
                  + ",\"data\":{\"content\":\"hello\"}}");
          Event.Text end = visit.talk.endOrClose();
          if (end != null && !end.isError("invalid_frame")) {
            throw new Mismatch("error invalid_frame or a close", Talk.describe(end));
          }
        });
  }
}
