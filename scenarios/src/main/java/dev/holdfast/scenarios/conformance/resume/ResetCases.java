package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;

/** Section resume: when what both sides hold does not fit together. */
final class ResetCases {
  static final List<Case> ALL =
      List.of(
          one(
              "resume/ack-above-the-top-is-a-reset",
              "by-one",
              "A client that claims more than there ever was is believed.",
              b -> claims(b, 1).isReset("epoch_changed")),
          one(
              "resume/ack-above-the-top-is-a-reset",
              "by-far",
              "A client that claims more than there ever was is believed.",
              b -> claims(b, 1_000_000_000L).isReset("epoch_changed")),
          one(
              "resume/reset-has-a-reason",
              "unknown-session",
              "A session that nobody knows is opened as if it were the old one.",
              b -> {
                Person ana = Person.in(b);
                ana.token = "token-of-a-session-that-is-long-forgotten";
                ana.epoch = "e-0";
                ana.got = 17;
                Visit visit = ana.visits().isReset("unknown");
                if (visit.connected.data("ids_kept").asBoolean(true)) {
                  throw new Mismatch("ids_kept false", visit.connected.text());
                }
              }),
          one(
              "resume/reset-has-a-reason",
              "other-epoch",
              "A session whose state was lost is resumed as if nothing had happened.",
              b -> {
                Person ana = Person.in(b);
                Visit first = ana.visits();
                first.answer(first.says(b.plain()));
                ana.epoch = "another-epoch";
                ana.visits().isReset("epoch_changed");
              }),
          Case.of(
              "resume/reset-replays-nothing",
              "What is left is sent after a reset, in part.",
              b -> {
                Visit visit = claims(b, 5);
                visit.status("snapshot");
                visit.quiet("replayed frame", e -> e.seq() > 0 || e.isStatus("caught_up"));
              }),
          Case.of(
              "resume/snapshot-follows-reset",
              "After a reset a client is left with nothing to show.",
              b -> {
                Visit visit = claims(b, 5);
                Event next = visit.next(visit.talk.patienceMs());
                if (!(next instanceof Event.Text t) || !t.isStatus("snapshot")) {
                  throw new Mismatch(
                      "status snapshot as the next frame",
                      dev.holdfast.scenarios.conformance.Talk.describe(next));
                }
              }),
          Case.of(
              "resume/snapshot-fields",
              "A snapshot tells less than the frames that it stands for.",
              b -> {
                JsonNode run = claims(b, 5).status("snapshot").data("runs").path(0);
                boolean good =
                    run.path("run_id").isTextual()
                        && run.path("state").isTextual()
                        && !run.path("text").asText().isEmpty()
                        && run.path("message_id").isTextual();
                if (!good) {
                  throw new Mismatch("run_id, state, text and message_id", run.toString());
                }
              }),
          Case.of(
              "resume/snapshot-is-newest-first",
              "Where not all runs fit the newest are left out.",
              ResetCases::newestFirst),
          Case.of(
              "resume/reset-keeps-numbering",
              "After a reset counting begins anew in the same epoch.",
              b -> {
                Person ana = Person.in(b);
                Visit first = ana.visits();
                first.answer(first.says(b.plain()));
                long top = ana.got;
                ana.got = top + 5;
                Visit visit = ana.visits().is("reset");
                visit.status("snapshot");
                ana.got = visit.told("top_seq");
                if (ana.got < top) {
                  throw new Mismatch("top_seq " + top + " or more", visit.connected.text());
                }
                ana.sent = visit.told("ack");
                visit.answer(visit.says(b.plain()));
              }),
          Case.of(
              "resume/reset-is-told-until-known",
              "A reset whose connected was lost is never told again.",
              b -> {
                Person ana = Person.in(b);
                Visit first = ana.visits();
                first.answer(first.says(b.plain()));
                ana.got += 5;
                ana.visits().isReset("epoch_changed").talk.cut();
                ana.visits().isReset("epoch_changed");
              }),
          Case.of(
              "resume/epoch-changes-only-on-loss",
              "Each reset is a new epoch: messages that were taken are thought lost.",
              b -> {
                Person ana = Person.in(b);
                Visit first = ana.visits();
                first.answer(first.says(b.plain()));
                String epoch = first.connected.data("epoch").asText();
                ana.got += 5;
                Visit again = ana.visits();
                if (!again.connected.data("epoch").asText().equals(epoch)) {
                  throw new Mismatch("epoch " + epoch, again.connected.text());
                }
              }),
          Case.of(
                  "resume/new-epoch-starts-at-one",
                  "Old positions are taken into a new epoch.",
                  ResetCases::newEpoch,
                  Need.FRESH_PROCESS)
              .at(Case.Turn.ALONE));

  private ResetCases() {}

  /** Somebody who has one run claims to have seen more than there was. */
  private static Visit claims(Bench b, long more) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit first = ana.visits();
    first.answer(first.says(b.plain()));
    ana.got += more;
    return ana.visits().is("reset");
  }

  private static void newestFirst(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit first = ana.visits();
    first.answer(first.says(b.plain()));
    String newest = first.answer(first.says(b.plain())).field("run_id");
    ana.got += 5;
    JsonNode runs = ana.visits().status("snapshot").data("runs");
    if (!runs.path(0).path("run_id").asText().equals(newest)) {
      throw new Mismatch("run " + newest + " first", runs.toString());
    }
  }

  private static void newEpoch(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit first = ana.visits();
    first.answer(first.says(b.plain()));
    String epoch = first.connected.data("epoch").asText();
    first.talk.cut();
    b.restart(java.util.Map.of());
    Visit back = ana.visits();
    if (back.connected.data("epoch").asText().equals(epoch)) {
      throw new Finds.Inapplicable("the server's state outlives its process");
    }
    back.is("reset");
    ana.got = back.told("top_seq");
    ana.sent = 0;
    if (back.told("ack") != 0 || ana.got != 0) {
      throw new Mismatch("ack 0 and top_seq 0 in a new epoch", back.connected.text());
    }
  }
}
