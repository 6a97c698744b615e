package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;

/** Section resume: what is acknowledged, when, and what an ack does. */
final class AckCases {
  private static final long ACK_MS = 1_000;
  private static final long FAR = 1_000_000;

  private static final Situation<Bench, SentTwice> SENT_TWICE =
      new Situation<>(
          "a message was answered, a ping got its pong, and the same message was sent again",
          b -> sentTwice(b, false));

  static final List<Case> ALL =
      List.of(
          Case.of(
                  "resume/ack-within-1-s-or-32-frames",
                  "Acks are sent only when something else is.")
              .given(SENT_TWICE)
              .then(AckCases::inTime),
          Case.of(
                  "resume/ack-is-highest-contiguous",
                  "What was sent is acked, or one less or more.")
              .given("three messages were sent and answered", AckCases::three)
              .then((b, visit) -> {
                visit.awaitAck(3);
                if (visit.ackSeen() > 3) {
                  throw new Mismatch("an ack of 3", "an ack of " + visit.ackSeen());
                }
              }),
          Case.of(
                  "resume/server-acks-what-is-stored",
                  "A message is acked before it is kept, and lost with its connection.",
                  Need.SLOW_ANSWER)
              .given("the first frame of a message's run came", AckCases::atWork)
              .then(AckCases::keeps),
          counted(
              "on-ping",
              (visit, at) -> visit.sends(Json.frame("ping").put("id", "p").put("ack", at))),
          counted("on-status", (visit, at) -> visit.acks(at)),
          Case.of(
                  "resume/lower-ack-is-ignored",
                  "An ack that was overtaken is a violation, or takes back what was acked.")
              .given(
                  "all that a client got was acked, and its connection heard a ping",
                  b -> {
                    Visit visit = ResumeSituations.answered(Person.in(b).visits());
                    visit.acks(visit.person.got);
                    visit.stillHears();
                    return visit;
                  })
              .then((b, visit) -> {
                visit.acks(visit.person.got - 1);
                visit.stillHears();
                visit.leaves();
                visit.person.visits().is("resumed");
              }),
          beyond("by-one", 1),
          beyond("by-far", FAR),
          Case.of("resume/zero-is-always-valid", "Position 0 is taken for a missing one.")
              .given(ResumeSituations.GREETED)
              .then((b, visit) -> {
                visit.acks(0);
                visit.stillHears();
              }),
          Case.of(
                  "resume/duplicate-is-dropped",
                  "What was sent again after a resume is worked on again.")
              .given(SENT_TWICE)
              .then((b, sent) -> sent.visit().startsNothing(Stimulus.PLAIN)),
          Case.of(
                  "resume/duplicate-is-acked-again",
                  "A dropped duplicate is not acked: its sender sends it for ever.")
              .given(
                  "a message was answered and acked, a ping got its pong, and the same message was"
                      + " sent again",
                  b -> sentTwice(b, true))
              .then((b, sent) -> sent.visit().acked(1)));

  private AckCases() {}

  /**
   * A message that was sent again after it was answered.
   *
   * @param control a pong that came right before that
   * @param atMs when it was sent, in the time of the case
   */
  private record SentTwice(Visit visit, Event.Text control, long atMs) {}

  private static SentTwice sentTwice(Bench b, boolean acked) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    ObjectNode message = ana.message("m1", b.plain());
    visit.sends(message.deepCopy());
    visit.answer("m1");
    if (acked) {
      visit.awaitAck(1);
    }
    visit.talk.pings("control");
    Event.Text control = visit.expect("a pong", e -> e.type().equals("pong"));
    long atMs = b.log().nowMs();
    visit.sends(message);
    return new SentTwice(visit, control, atMs);
  }

  /**
   * The network may hold an ack up. The server's own timestamps excuse one that came late: it left
   * in time if no more than a second lies between it and the pong before it.
   */
  private static void inTime(Bench b, SentTwice sent) throws Finds, InterruptedException {
    Event.Text ack =
        sent.visit()
            .expect(
                "an ack of 1 within 1 s, though nothing else is to be sent",
                e -> e.json().path("ack").asLong(-1) >= 1,
                ACK_MS + sent.visit().talk.patienceMs());
    long tookMs = ack.atMs() - sent.atMs();
    long leftMs = Visit.madeMs(ack) - Visit.madeMs(sent.control());
    boolean late = tookMs > ACK_MS + b.pace().aftermathMs();
    boolean excused = Visit.madeMs(ack) > 0 && leftMs >= 0 && leftMs <= ACK_MS;
    if (late && !excused) {
      throw Mismatch.absence("an ack of 1 within 1 s", "it came after " + tookMs + " ms");
    }
  }

  private static Visit three(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(visit.says(b.plain()));
    }
    for (String id : ids) {
      visit.answer(id);
    }
    return visit;
  }

  private static Visit atWork(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    visit.says(b.slow());
    visit.expect("the first frame of the run", Event.Text::isOfRun, visit.slowMs());
    return visit;
  }

  private static void keeps(Bench b, Visit visit) throws Finds, InterruptedException {
    visit.awaitAck(1);
    visit.talk.cut();
    Visit back = visit.person.visits();
    if (back.told("ack") < 1) {
      throw new Mismatch("ack 1 in connected", back.connected.text());
    }
    if (!visit.person.sawAnEnd()) {
      back.expect("the answer", Event.Text::isAnswer, back.slowMs());
    }
  }

  /** How an ack may travel. */
  private interface Acking {
    void by(Visit visit, long position) throws Finds;
  }

  /** An ack that is obeyed shows when it is of something that never was. */
  private static Case counted(String word, Acking acking) {
    return one(
            "resume/ack-counts-on-any-frame",
            word,
            "Acks are looked for on one kind of frame only.")
        .given(
            "a good ack on this kind of frame left the connection open",
            b -> {
              Visit visit = ResumeSituations.answered(Person.in(b).visits());
              acking.by(visit, visit.person.got);
              visit.stillHears();
              return visit;
            })
        .then((b, visit) -> {
          acking.by(visit, visit.person.got + FAR);
          visit.closedWith(4203);
        });
  }

  private static Case beyond(String word, long more) {
    return one(
            "resume/ack-beyond-sent-closes-4203",
            word,
            "An ack is believed without a look at what was sent.")
        .given(ResumeSituations.GREETED)
        .then((b, visit) -> {
          visit.acks(Math.max(visit.told("top_seq"), 0) + more);
          visit.closedWith(4203);
        });
  }
}
