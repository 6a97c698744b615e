package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.ArrayList;
import java.util.List;

/** Section session: two and more connections of one conversation, ending in every order. */
final class SessionCases {
  private static final String CAUSE =
      "The close handler removes the session's entry without asking whose it is.";

  static final List<Case> ALL = all();

  private SessionCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Ending ending : Ending.values()) {
      cases.add(
          one(
              "session/stale-close-is-harmless",
              "older-" + ending.word(),
              CAUSE,
              b -> olderEnds(b, ending)));
      cases.add(
          one(
              "session/stale-close-is-harmless",
              "older-" + ending.word() + "-in-a-run",
              CAUSE,
              b -> olderEndsInARun(b, ending),
              Need.SLOW_ANSWER));
      cases.add(
          one(
              "session/stale-close-is-harmless",
              "newer-" + ending.word() + "-and-a-third",
              "After the newest has gone the session counts as closed for good.",
              b -> newerEnds(b, ending)));
    }
    cases.add(
        one(
            "session/stale-close-is-harmless",
            "five-in-a-row",
            "Each end of an old connection undoes what a later one set up.",
            SessionCases::fiveInARow));
    cases.add(
        Case.of(
            "session/newest-gets-the-frames",
            "Frames still go to the older connection.",
            SessionCases::newest));
    return List.copyOf(cases);
  }

  private static void olderEnds(Bench b, Ending ending) throws Finds, InterruptedException {
    String session = b.session();
    Talk older = b.connect(session);
    Talk newer = b.connect(session);
    older.ends(ending);
    b.pause(b.pace().aftermathMs() / 3);
    answered(b, newer);
  }

  private static void olderEndsInARun(Bench b, Ending ending) throws Finds, InterruptedException {
    String session = b.session();
    Talk older = b.connect(session);
    older.says(b.slow());
    older.expect("the first frame of the run", e -> true);
    Talk newer = b.connect(session);
    older.ends(ending);
    newer.expect("the end of the run", Event.Text::isAnswer, 2 * newer.patienceMs());
  }

  private static void newerEnds(Bench b, Ending ending) throws Finds, InterruptedException {
    String session = b.session();
    b.connect(session);
    Talk newer = b.connect(session);
    newer.ends(ending);
    answered(b, b.connect(session));
  }

  private static void fiveInARow(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    List<Talk> talks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      talks.add(b.connect(session));
    }
    for (Talk older : talks.subList(0, 4)) {
      older.cut();
    }
    b.pause(b.pace().aftermathMs() / 3);
    answered(b, talks.get(4));
  }

  private static void newest(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    b.connect(session);
    answered(b, b.connect(session));
  }

  private static void answered(Bench b, Talk talk) throws Finds, InterruptedException {
    talk.says(b.plain());
    talk.answer();
  }
}
