package dev.holdfast.scenarios.conformance.resume;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Capability sync, for servers that declare it. */
final class SyncCases {
  private static final int MOST_RUNS = 60;

  static final List<Case> ALL =
      List.of(
          Case.of(
              "sync/several-clients",
              "The newest connection of a session is taken for its only one.",
              b -> {
                Person ana = sharing(b);
                Visit one = ana.visits();
                Visit two = ana.other().visits();
                for (Visit visit : List.of(one, two, one)) {
                  visit.stillHears();
                }
              },
              Need.SYNC),
          Case.of(
              "sync/echo-reaches-every-client",
              "Tabs see the answers and not what was asked.",
              b -> {
                Person ana = sharing(b);
                Visit one = ana.visits();
                Visit two = ana.other().visits();
                String id = one.says(b.plain());
                for (Visit visit : List.of(one, two)) {
                  Event.Text echo = echo(visit);
                  if (!echo.data("content").asText().equals(b.plain()) || echo.seq() == 0) {
                    throw new Mismatch("'" + b.plain() + "' in a position of its own", echo.text());
                  }
                  visit.answer(id);
                }
              },
              Need.SYNC),
          Case.of(
              "sync/echo-names-its-message",
              "A tab cannot tell its own words from those of others.",
              b -> {
                Person ana = sharing(b);
                Visit one = ana.visits();
                Visit two = ana.other().visits();
                String id = one.says(b.plain());
                for (Visit visit : List.of(one, two)) {
                  Event.Text echo = echo(visit);
                  if (!echo.field("reply_to").equals(id)) {
                    throw new Mismatch("an echo with reply_to " + id, echo.text());
                  }
                }
              },
              Need.SYNC),
          Case.of(
              "sync/retention-follows-the-slowest",
              "What one tab has acknowledged is dropped for all.",
              SyncCases::retains,
              Need.SYNC),
          Case.of(
              "sync/slow-tab-resets-alone",
              "A tab that missed too much takes the others along.",
              SyncCases::resetsAlone,
              Need.SYNC,
              Need.LONG_ANSWER));

  private SyncCases() {}

  private static Person sharing(Bench b) {
    return Person.in(b).with("sync");
  }

  private static Event.Text echo(Visit visit) throws Finds, InterruptedException {
    return visit.expect(
        "an echo: message with role user",
        e -> e.type().equals("message") && e.data("role").asText("").equals("user"));
  }

  private static void retains(Bench b) throws Finds, InterruptedException {
    Person ana = sharing(b);
    Visit one = ana.visits();
    Person away = ana.other();
    away.visits().leaves();
    String id = one.says(b.plain());
    one.answer(id);
    one.acks(ana.got);
    one.stillHears();
    Visit back = away.visits().is("resumed");
    long missed = ana.got;
    List<Event.Text> replayed = back.replay();
    if (replayed.size() < missed) {
      throw new Mismatch(
          missed + " frames replayed to the tab that was away", replayed.size() + "");
    }
  }

  private static void resetsAlone(Bench b) throws Finds, InterruptedException {
    Person ana = sharing(b);
    Visit one = ana.visits();
    Person away = ana.other();
    Visit slow = away.visits();
    slow.leaves();
    long limit = slow.told("replay_max_frames");
    for (int i = 0; ana.got <= limit; i++) {
      if (i == MOST_RUNS) {
        throw new Inapplicable(i + " long answers do not fill the retention of " + limit);
      }
      one.answer(one.says(b.stimulus(Stimulus.LONG)), 15_000);
      one.acks(ana.got);
    }
    Talk back = away.opens();
    back.sends(away.hello());
    away.greeted(back).isReset("overflow");
    one.answer(one.says(b.plain()));
  }
}
