package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;
import java.util.Map;

/** Section resume: when what both sides hold does not fit together. */
final class ResetCases {
  private static final Situation<Bench, Visit> RESET =
      new Situation<>(
          "a client with an answered message claimed more than there was and got a reset",
          b -> claims(ResumeSituations.ANSWERED.premise().arises(b).person, 5).is("reset"));

  static final List<Case> ALL =
      List.of(
          above("by-one", 1),
          above("by-far", 1_000_000_000L),
          one(
                  "resume/reset-has-a-reason",
                  "unknown-session",
                  "A session that the server does not know is opened as if it were the old one.")
              .given(
                  "the hello to a fresh session, with a token, an epoch and an ack, was answered by"
                      + " status connected",
                  ResetCases::unknown)
              .then(ResetCases::knowsNothing),
          one(
                  "resume/reset-has-a-reason",
                  "other-epoch",
                  "A session whose state was lost is resumed as if nothing had happened.")
              .given(
                  "a client with an answered message spoke of another epoch and was answered by"
                      + " status connected",
                  b -> {
                    Person ana = ResumeSituations.answered(Person.in(b).visits()).person;
                    ana.epoch = "another-epoch";
                    return ana.visits();
                  })
              .then((b, visit) -> visit.isReset("epoch_changed")),
          Case.of("resume/reset-replays-nothing", "What is left is sent after a reset, in part.")
              .given(RESET)
              .then((b, visit) -> {
                visit.talk.pings("behind-reset");
                Event.Text frame =
                    visit.expect("a pong", e -> e.type().equals("pong") || isReplayed(e));
                if (isReplayed(frame)) {
                  throw new Mismatch("no replayed frame", Talk.describe(frame));
                }
                visit.quiet("replayed frame", ResetCases::isReplayed);
              }),
          Case.of(
                  "resume/snapshot-follows-reset",
                  "After a reset a client is left with nothing to show.")
              .given(RESET)
              .then((b, visit) -> {
                Event next = visit.next(visit.talk.patienceMs());
                if (next == null) {
                  throw Mismatch.absence("status snapshot as the next frame", "nothing");
                }
                if (!(next instanceof Event.Text t) || !t.isStatus("snapshot")) {
                  throw new Mismatch("status snapshot as the next frame", Talk.describe(next));
                }
              }),
          Case.of(
                  "resume/snapshot-fields",
                  "A snapshot tells less than the frames that it stands for.")
              .given("a snapshot came after a run had been answered", ResetCases::snapshot)
              .then(ResetCases::fields),
          Case.of(
                  "resume/snapshot-is-newest-first",
                  "Where not all runs fit the newest are left out.")
              .given("a snapshot came after two runs had been answered", ResetCases::twoRuns)
              .then((b, two) -> {
                String first = two.runs().path(0).path("run_id").asText();
                if (!first.equals(two.newest())) {
                  throw new Mismatch("run " + two.newest() + " first", two.runs().toString());
                }
              }),
          Case.of(
                  "resume/reset-keeps-numbering",
                  "After a reset counting begins anew in the same epoch.")
              .given("a client got a reset in the same epoch", ResetCases::inSameEpoch)
              .then((b, reset) -> goesOn(reset)),
          Case.of(
                  "resume/reset-is-told-until-known",
                  "A reset whose connected was lost is never told again.")
              .given(
                  "a client got a reset and was cut off before it said anything",
                  b -> {
                    Visit visit = RESET.premise().arises(b);
                    visit.talk.cut();
                    return visit;
                  })
              .then((b, visit) -> {
                String reason = visit.connected.data("reason").asText();
                visit.person.epoch = visit.person.firstEpoch();
                visit.person.visits().isReset(reason);
              }),
          Case.of(
                  "resume/epoch-changes-only-on-loss",
                  "Each reset is a new epoch: messages that were taken are thought lost.")
              .given(RESET)
              .then((b, visit) -> {
                String epoch = visit.person.firstEpoch();
                if (!visit.connected.data("epoch").asText().equals(epoch)) {
                  throw new Mismatch("epoch " + epoch, visit.connected.text());
                }
              }),
          Case.of(
                  "resume/new-epoch-starts-at-one",
                  "Old positions are taken into a new epoch.",
                  Need.FRESH_PROCESS)
              .given(
                  "the server was started anew and answered its client's hello with a new epoch",
                  ResetCases::newEpoch)
              .then((b, back) -> {
                if (back.told("ack") != 0 || back.told("top_seq") != 0) {
                  throw new Mismatch("ack 0 and top_seq 0 in a new epoch", back.connected.text());
                }
              })
              .at(Case.Turn.ALONE));

  private ResetCases() {}

  private static boolean isReplayed(Event.Text frame) {
    return frame.seq() > 0 || frame.isStatus("caught_up");
  }

  private static Visit claims(Person person, long more) throws Finds, InterruptedException {
    person.got += more;
    return person.visits();
  }

  private static Case above(String word, long more) {
    return one(
            "resume/ack-above-the-top-is-a-reset",
            word,
            "A client that claims more than there ever was is believed.")
        .given(
            "a client with an answered message claimed more than there was and was answered by"
                + " status connected",
            b -> claims(ResumeSituations.answered(Person.in(b).visits()).person, more))
        .then((b, visit) -> visit.isReset("epoch_changed"));
  }

  private static Visit unknown(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    ana.token = "token-of-a-session-that-is-long-forgotten";
    ana.epoch = "e-0";
    ana.got = 17;
    return ana.visits();
  }

  /** The client knows another epoch too, so either reason is true. */
  private static void knowsNothing(Bench b, Visit visit) throws Mismatch {
    visit.is("reset");
    String reason = visit.connected.data("reason").asText();
    if (!List.of("unknown", "epoch_changed").contains(reason)) {
      throw new Mismatch("reset with reason unknown", visit.connected.text());
    }
    if (visit.connected.data("ids_kept").asBoolean(true)) {
      throw new Mismatch("ids_kept false", visit.connected.text());
    }
  }

  private static JsonNode snapshot(Bench b) throws Exception {
    return RESET.premise().arises(b).status("snapshot").data("runs");
  }

  private static void fields(Bench b, JsonNode runs) throws Mismatch {
    if (runs.isEmpty()) {
      throw new Mismatch("the run that was answered", "no run in the snapshot");
    }
    for (JsonNode run : runs) {
      boolean good =
          run.path("run_id").isTextual()
              && run.path("state").isTextual()
              && !run.path("text").asText().isEmpty()
              && run.path("message_id").isTextual();
      if (!good) {
        throw new Mismatch("run_id, state, text and message_id", run.toString());
      }
    }
  }

  private record TwoRuns(String newest, JsonNode runs) {}

  private static TwoRuns twoRuns(Bench b) throws Finds, InterruptedException {
    Visit first = ResumeSituations.answered(Person.in(b).visits());
    String newest = first.answer(first.says(b.plain())).field("run_id");
    JsonNode runs = claims(first.person, 5).is("reset").status("snapshot").data("runs");
    if (newest.isEmpty() || runs.isEmpty()) {
      throw new Unclear("the snapshot lists no run, or the newest run has no run_id");
    }
    return new TwoRuns(newest, runs);
  }

  private record Reset(Visit visit, long top) {}

  private static Reset inSameEpoch(Bench b) throws Finds, InterruptedException {
    Person ana = ResumeSituations.answered(Person.in(b).visits()).person;
    long top = ana.got;
    Visit visit = claims(ana, 5).is("reset");
    if (!visit.connected.data("epoch").asText().equals(ana.firstEpoch())) {
      throw new Unclear("the reset began a new epoch");
    }
    return new Reset(visit, top);
  }

  private static void goesOn(Reset reset) throws Finds, InterruptedException {
    Visit visit = reset.visit();
    Person ana = visit.person;
    ana.got = visit.told("top_seq");
    if (ana.got < reset.top()) {
      throw new Mismatch("top_seq " + reset.top() + " or more", visit.connected.text());
    }
    if (visit.told("ack") < 1) {
      throw new Mismatch("ack 1 or more", visit.connected.text());
    }
    ana.sent = visit.told("ack");
    visit.answer(visit.says(ana.bench.plain()));
    ana.judge(Person.POSITIONS);
  }

  private static Visit newEpoch(Bench b) throws Finds, InterruptedException {
    Visit first = ResumeSituations.answered(Person.in(b).visits());
    String epoch = first.person.firstEpoch();
    first.talk.cut();
    b.restart(Map.of());
    Visit back = first.person.visits();
    if (back.connected.data("epoch").asText().equals(epoch)) {
      throw new Inapplicable("the server's state outlives its process");
    }
    return back.is("reset");
  }
}
