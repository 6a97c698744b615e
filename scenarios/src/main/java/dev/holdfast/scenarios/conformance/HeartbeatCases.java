package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Section heartbeat: pings are answered; {@link BusyPongCases} has those during a run. */
final class HeartbeatCases {
  private static final int MANY = 50;
  private static final long WATCHED_MS = 2_000;
  private static final long LONGEST_SILENCE_MS = 50_000;

  static final List<Case> ALL =
      Stream.of(answered(), BusyPongCases.ALL, silent()).flatMap(List::stream).toList();

  private HeartbeatCases() {}

  private static boolean isPong(Event.Text frame) {
    return frame.type().equals("pong");
  }

  private static List<Case> answered() {
    return List.of(
        Case.of("heartbeat/ping-is-answered", "Frames of type ping are not handled.")
            .given(Situations.GREETED)
            .then((b, t) -> t.stillHears()),
        one(
                "heartbeat/ping-is-answered",
                "without-id-or-data",
                "A ping without id, or with data null, raises an exception.")
            .given(Situations.GREETED)
            .then((b, t) -> {
              t.sendsText("{\"type\":\"ping\",\"data\":null}");
              t.expect("a pong", HeartbeatCases::isPong);
              t.sendsText("{\"type\":\"ping\"}");
              answeredWithoutData(t);
            }),
        one(
                "heartbeat/ping-is-answered",
                "fifty-in-a-row",
                "Pongs share a slot in which the last overwrites the others.")
            .given(Situations.GREETED)
            .then((b, t) -> many(t)));
  }

  /** Every frame has a {@code data}: a server may answer a ping without it as a bad frame. */
  private static void answeredWithoutData(Talk t) throws Finds, InterruptedException {
    Event came = t.nextOf(e -> isPong(e) || e.type().equals("error"), t.patienceMs());
    if (came == null) {
      throw Mismatch.absence("a pong, an error or a close", Talk.describe(came));
    }
  }

  /** A limit that is told in place of a pong is no silence. */
  private static void many(Talk t) throws Finds, InterruptedException {
    for (int i = 0; i < MANY; i++) {
      t.pings("p" + i);
    }
    Set<String> named = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      Event.Text frame =
          t.expect("pong " + (i + 1) + " of " + MANY, e -> isPong(e) || e.type().equals("error"));
      if (!isPong(frame)) {
        throw new Inapplicable(
            "the target has a limit on pings, and tells it: " + Talk.describe(frame));
      }
      String name = frame.field("reply_to");
      named.add(name.isEmpty() ? "p" + i : name);
    }
    if (named.size() != MANY) {
      throw new Mismatch(MANY + " pongs for " + MANY + " pings", "pongs for " + named.size());
    }
  }

  private static List<Case> silent() {
    return List.of(
        Case.of(
                "heartbeat/server-pings-the-silent",
                "Nothing is done about clients that say nothing.",
                Need.TIME)
            .given("a greeted client was silent for half of 2.5 intervals", HeartbeatCases::silence)
            .then((b, first) -> {
              if (!(first.orElse(null) instanceof Event.Text)) {
                throw Mismatch.absence("a ping", Talk.describe(first.orElse(null)));
              }
            }),
        Case.of(
                "heartbeat/core-silence-at-least-75-s",
                "The server's patience is counted from the client's first frame, or too short for"
                    + " browsers that sleep.",
                Need.TIME)
            .given(Situations.GREETED)
            .then(HeartbeatCases::patience),
        Case.of(
                "heartbeat/timers-belong-to-the-connection",
                "The timer of an old connection goes on and closes the new one.")
            .given(
                "a connection was reset, and a newer one of its session answers pings",
                HeartbeatCases::newer)
            .then(HeartbeatCases::staysOpen));
  }

  /** What came to a silent client: a ping, the end of its connection, or nothing. */
  private static Optional<Event> silence(Bench b) throws Finds, InterruptedException {
    Talk t = b.open("?session_id=" + b.session());
    long silenceMs = Math.max(75_000, interval(t.greeting()) * 5 / 2) / 2;
    if (silenceMs > LONGEST_SILENCE_MS) {
      throw new Inapplicable("half of 2.5 intervals is " + silenceMs + " ms, longer than a case");
    }
    return Optional.ofNullable(t.nextOf(e -> e.type().equals("ping"), silenceMs + t.patienceMs()));
  }

  /** What the greeting says, or the default. */
  private static long interval(Event.Text greeting) {
    return greeting.data("heartbeat_interval_ms").asLong(30_000);
  }

  private static void patience(Bench b, Talk t) throws Finds, InterruptedException {
    if (t.nextOf(e -> false, LONGEST_SILENCE_MS) instanceof Event.Closed closed) {
      throw Mismatch.absence(
          "patience of 75 s", Talk.describe(closed) + " after " + closed.atMs() + " ms");
    }
  }

  /**
   * A newer connection beside one that was reset.
   *
   * @param intervalMs the interval that the older one was greeted with
   */
  private record Newer(Talk talk, long intervalMs) {}

  private static Newer newer(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk older = b.open("?session_id=" + session);
    long intervalMs = interval(older.greeting());
    older.stillHears();
    older.ends(Ending.RST);
    return new Newer(b.connect(session), intervalMs);
  }

  /** The newer one talks while timers of the older one would run out. */
  private static void staysOpen(Bench b, Newer newer) throws Finds, InterruptedException {
    Talk t = newer.talk();
    long until = b.log().nowMs() + Math.min(3 * newer.intervalMs(), WATCHED_MS);
    while (b.log().nowMs() < until) {
      t.pings("newer-" + b.log().nowMs());
      if (t.nextOf(HeartbeatCases::isPong, t.patienceMs()) instanceof Event.Closed closed) {
        throw Mismatch.absence(
            "the newer connection to stay open", Talk.describe(closed) + " in its use");
      }
      b.pause(Math.min(newer.intervalMs() / 2, 200));
    }
  }
}
