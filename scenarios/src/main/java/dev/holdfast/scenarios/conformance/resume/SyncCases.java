package dev.holdfast.scenarios.conformance.resume;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Capability sync, for servers that declare it. */
final class SyncCases {
  private static final int MOST_RUNS = 60;

  private static final Situation<Bench, Two> TOGETHER =
      new Situation<>("two clients of a session negotiated sync", SyncCases::together);

  private static final Situation<Bench, Two> ANSWERED =
      new Situation<>(
          "two clients of a session negotiated sync, and a message of one was answered to it",
          b -> {
            Two two = together(b);
            String id = two.one().says(b.plain());
            two.one().answer(id);
            return new Two(two.one(), two.other(), id);
          });

  static final List<Case> ALL =
      List.of(
          Case.of(
                  "sync/several-clients",
                  "The newest connection of a session is taken for its only one.",
                  Need.SYNC)
              .given(TOGETHER)
              .then((b, two) -> {
                for (Visit visit : List.of(two.one(), two.other(), two.one())) {
                  visit.stillHears();
                }
              }),
          Case.of(
                  "sync/echo-reaches-every-client",
                  "Tabs see the answers and not what was asked.",
                  Need.SYNC)
              .given(ANSWERED)
              .then((b, two) -> {
                for (Visit visit : List.of(two.one(), two.other())) {
                  Event.Text echo = echo(visit);
                  if (!echo.data("content").asText().equals(b.plain()) || echo.seq() == 0) {
                    throw new Mismatch("'" + b.plain() + "' in a position of its own", echo.text());
                  }
                }
              }),
          Case.of(
                  "sync/echo-names-its-message",
                  "A tab cannot tell its own words from those of others.",
                  Need.SYNC)
              .given(ANSWERED)
              .then((b, two) -> {
                for (Visit visit : List.of(two.one(), two.other())) {
                  Event.Text echo = echo(visit);
                  if (!echo.field("reply_to").equals(two.message())) {
                    throw new Mismatch("an echo with reply_to " + two.message(), echo.text());
                  }
                }
              }),
          Case.of(
                  "sync/retention-follows-the-slowest",
                  "What one tab has acknowledged is dropped for all.",
                  Need.SYNC)
              .given(
                  "one client read and acked a run while another one with sync was away",
                  SyncCases::readAlone)
              .then((b, away) -> {
                List<Event.Text> replayed = away.person().visits().is("resumed").replay();
                if (replayed.size() < away.missed()) {
                  throw new Mismatch(
                      away.missed() + " frames replayed to the tab that was away",
                      replayed.size() + " frames");
                }
              }),
          Case.of(
                  "sync/slow-tab-resets-alone",
                  "A tab that missed too much takes the others along.",
                  Need.SYNC,
                  Need.LONG_ANSWER)
              .given(
                  "a client that was away for more frames than are kept got a reset beside an open"
                      + " connection",
                  SyncCases::resetBeside)
              .then((b, one) -> one.answer(one.says(b.plain()))));

  private SyncCases() {}

  /** Two connections of one session, and the id of a message of the first one. */
  private record Two(Visit one, Visit other, String message) {}

  private static Person sharing(Bench b) {
    return Person.in(b).with("sync");
  }

  private static Two together(Bench b) throws Finds, InterruptedException {
    Person ana = sharing(b);
    Visit one = ana.visits().grants("sync");
    return new Two(one, ana.other().visits().grants("sync"), "");
  }

  private static boolean isEcho(Event.Text frame) {
    return frame.type().equals("message") && frame.data("role").asText("").equals("user");
  }

  private static Event.Text echo(Visit visit) throws Finds, InterruptedException {
    for (Event.Text frame : visit.talk.heard()) {
      if (isEcho(frame)) {
        return frame;
      }
    }
    return visit.expect("an echo: message with role user", SyncCases::isEcho);
  }

  private record Away(Person person, long missed) {}

  private static Away readAlone(Bench b) throws Finds, InterruptedException {
    Person ana = sharing(b);
    Visit one = ana.visits().grants("sync");
    Person away = ana.other();
    away.visits().grants("sync").leaves();
    ResumeSituations.answered(one);
    one.acks(ana.got);
    one.stillHears();
    return new Away(away, ana.got);
  }

  private static Visit resetBeside(Bench b) throws Finds, InterruptedException {
    Person ana = sharing(b);
    Visit one = ana.visits().grants("sync");
    Person away = ana.other();
    Visit slow = away.visits().grants("sync");
    slow.leaves();
    long limit = slow.told("replay_max_frames");
    for (int i = 0; ana.got <= limit; i++) {
      if (i == MOST_RUNS) {
        throw new Inapplicable(i + " long answers do not fill the retention of " + limit);
      }
      one.answer(one.says(b.stimulus(Stimulus.LONG)), one.slowMs());
      one.acks(ana.got);
    }
    Visit back = away.visits();
    if (back.outcome().equals("resumed")) {
      throw new Inapplicable("this server keeps more frames than it tells");
    }
    back.is("reset");
    return one;
  }
}
