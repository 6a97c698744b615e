package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.ArrayList;
import java.util.List;

/** Section session: two and more connections of one conversation, ending in every order. */
final class SessionCases {
  private static final String STALE = "session/stale-close-is-harmless";
  private static final String CAUSE =
      "The close handler removes the session's entry without asking whose it is.";

  static final List<Case> ALL = all();

  private static final String CAUSE_IN_A_RUN =
      CAUSE + " Or state is not shared between the processes behind this address.";

  /** Of two processes, a client that reconnects meets the other one in half of the cases. */
  private static final int SESSIONS = 7;

  /** An agent whose first frame takes long gets fewer sessions. */
  private static final long LONGEST_MS = 20_000;

  private SessionCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Ending ending : Ending.values()) {
      cases.addAll(endings(ending));
    }
    cases.add(
        one(STALE, "five-in-a-row", "Each end of an old connection undoes what a later one set up.")
            .given("the older four of five connections of a session ended", SessionCases::fourEnded)
            .then(SessionCases::isAnswered));
    cases.add(
        one(STALE, "seven-sessions-in-a-run", CAUSE_IN_A_RUN, Need.SLOW_ANSWER)
            .given(
                "in seven sessions, fewer where runs begin slowly, the older of two connections"
                    + " ended in a run whose end had not come",
                SessionCases::sevenInARun)
            .then((b, runs) -> {
              for (SharedRun run : runs) {
                run.reachesTheNewer();
              }
            }));
    cases.add(
        Case.of("session/newest-gets-the-frames", "Frames still go to the older connection.")
            .given(
                "a session got a second connection while its first one was open",
                SessionCases::secondOpened)
            .then(SessionCases::isAnswered));
    return List.copyOf(cases);
  }

  private static List<Case> endings(Ending ending) {
    return List.of(
        one(STALE, "older-" + ending.word(), CAUSE)
            .given(
                "the older of two connections of a session ended",
                b -> {
                  String session = b.session();
                  Talk older = b.connect(session);
                  Talk newer = b.connect(session);
                  ended(b, older, ending);
                  return newer;
                })
            .then(SessionCases::isAnswered),
        one(STALE, "older-" + ending.word() + "-in-a-run", CAUSE_IN_A_RUN, Need.SLOW_ANSWER)
            .given(
                "the older of two connections ended in a run whose end had not come",
                b -> olderEndsInARun(b, ending))
            .then((b, run) -> run.reachesTheNewer()),
        one(
                STALE,
                "newer-" + ending.word() + "-and-a-third",
                "After the newest has gone the session counts as closed for good.")
            .given(
                "the newer of two connections of a session ended, and a third was greeted",
                b -> {
                  String session = b.session();
                  b.connect(session);
                  Talk newer = b.connect(session);
                  ended(b, newer, ending);
                  return b.connect(session);
                })
            .then(SessionCases::isAnswered));
  }

  /**
   * A run that two connections may see.
   *
   * @param older the run on the connection that it was said on, which ended without its end
   * @param cutMs when that connection was still open
   */
  private record SharedRun(InARun older, Talk newer, long cutMs) {
    void reachesTheNewer() throws Finds, InterruptedException {
      Event.Text end =
          newer.expect("the end of the run", Event.Text::isEnd, 2 * older.endsWithinMs());
      if (end.atMs() < cutMs) {
        throw new Unclear("the run was over before the older connection ended");
      }
    }
  }

  private static SharedRun olderEndsInARun(Bench b, Ending ending)
      throws Finds, InterruptedException {
    String session = b.session();
    InARun older = InARun.begun(b, session);
    Talk newer = b.connect(session);
    long cutMs = b.log().nowMs();
    older.ends(b, ending);
    return new SharedRun(older, newer, cutMs);
  }

  private static List<SharedRun> sevenInARun(Bench b) throws Finds, InterruptedException {
    List<SharedRun> runs = new ArrayList<>();
    long untilMs = b.log().nowMs() + LONGEST_MS;
    while (runs.size() < SESSIONS && (runs.isEmpty() || b.log().nowMs() < untilMs)) {
      runs.add(olderEndsInARun(b, Ending.RST));
    }
    return runs;
  }

  /** Ends a connection, unless the target did, and waits until the target shows that it knows. */
  private static void ended(Bench b, Talk talk, Ending how) throws InterruptedException {
    talk.ends(how);
    Event next = talk.next(talk.patienceMs());
    while (next != null && !(next instanceof Event.Closed)) {
      next = talk.next(talk.patienceMs());
    }
    b.pause(b.pace().aftermathMs() / 3);
  }

  private static Talk fourEnded(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    List<Talk> talks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      talks.add(b.connect(session));
    }
    for (Talk older : talks.subList(0, 4)) {
      older.cut();
    }
    b.pause(b.pace().aftermathMs() / 3);
    return talks.get(4);
  }

  /** The newer of two; that the server ends the older one now is its right. */
  private static Talk secondOpened(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk older = b.connect(session);
    Event event = older.next(0);
    if (event instanceof Event.Closed) {
      throw new Unclear("the older connection ended: " + Talk.describe(event));
    }
    return b.connect(session);
  }

  /** What is said on a connection ends there, by an answer or an error. */
  private static void isAnswered(Bench b, Talk talk) throws Finds, InterruptedException {
    talk.says(b.plain());
    talk.terminal();
  }
}
