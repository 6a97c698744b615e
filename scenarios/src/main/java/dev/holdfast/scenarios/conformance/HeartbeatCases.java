package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Section heartbeat: pings are answered, whatever else goes on. */
final class HeartbeatCases {
  private static final long LONGEST_WAIT_MS = 4_000;

  static final List<Case> ALL =
      List.of(
          Case.of(
              "heartbeat/ping-is-answered",
              "Frames of type ping are not handled.",
              b -> b.connect().stillHears()),
          one(
              "heartbeat/ping-is-answered",
              "without-id-or-data",
              "A ping without id, or with data null, raises an exception.",
              b -> {
                Talk t = b.connect();
                t.sendsText("{\"type\":\"ping\",\"data\":null}");
                t.expect("a pong", e -> e.type().equals("pong"));
                t.sendsText("{\"type\":\"ping\"}");
                t.expect("a pong", e -> e.type().equals("pong"));
              }),
          one(
              "heartbeat/ping-is-answered",
              "fifty-in-a-row",
              "Pongs share a slot in which the last overwrites the others.",
              HeartbeatCases::fifty),
          Case.of(
              "heartbeat/pong-during-a-run",
              "The receive loop awaits the agent before it reads on; start the run beside it.",
              b -> {
                Talk t = b.connect();
                t.says(b.slow());
                t.stillHears();
              },
              Need.SLOW_ANSWER),
          Case.of(
              "heartbeat/pong-while-busy",
              "The receive loop awaits the agent before it reads on; start the run beside it.",
              HeartbeatCases::whileBusy,
              Need.SLOW_ANSWER),
          one(
              "heartbeat/pong-while-busy",
              "behind-ten-messages",
              "Pings wait in the same queue as messages.",
              HeartbeatCases::behindMany,
              Need.SLOW_ANSWER),
          Case.of(
              "heartbeat/server-pings-the-silent",
              "Nothing is done about clients that have gone without a word.",
              HeartbeatCases::pingsTheSilent,
              Need.TIME),
          Case.of(
              "heartbeat/core-silence-at-least-75-s",
              "The server's patience is counted from the client's first frame, or too short for"
                  + " browsers that sleep.",
              HeartbeatCases::patience,
              Need.TIME),
          Case.of(
              "heartbeat/timers-belong-to-the-connection",
              "The timer of an old connection goes on and closes the new one.",
              HeartbeatCases::freshTimers));

  private HeartbeatCases() {}

  private static void fifty(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    for (int i = 0; i < 50; i++) {
      t.pings("p" + i);
    }
    Set<String> named = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      Event.Text pong = t.expect("pong " + (i + 1) + " of 50", e -> e.type().equals("pong"));
      named.add(pong.json().path("reply_to").asText("p" + i));
    }
    if (named.size() != 50) {
      throw new Mismatch("50 pongs for 50 pings", "pongs for " + named.size() + " of them");
    }
  }

  private static void whileBusy(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.slow());
    pongBeforeTheEnd(b, t);
    t.answer(2 * t.patienceMs());
  }

  private static void behindMany(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.slow());
    for (int i = 0; i < 10; i++) {
      t.says(b.plain());
    }
    pongBeforeTheEnd(b, t);
  }

  private static void pongBeforeTheEnd(Bench b, Talk t) throws Finds, InterruptedException {
    long began = b.log().nowMs();
    t.pings("busy-1");
    Event.Text first =
        t.expect("a pong within 1 s of the ping", e -> e.type().equals("pong") || e.isEnd(), 1_000);
    if (!first.type().equals("pong")) {
      throw b.log().nowMs() - began < 1_000
          ? new Unclear("the slow answer came within " + (b.log().nowMs() - began) + " ms")
          : new Mismatch("a pong before the run ended", Talk.describe(first));
    }
  }

  /** What the greeting says, or the default. */
  private static long interval(Event.Text greeting) {
    return greeting.data("heartbeat_interval_ms").asLong(30_000);
  }

  private static void pingsTheSilent(Bench b) throws Finds, InterruptedException {
    Talk t = b.open("?session_id=" + b.session());
    long silence = Math.max(75_000, interval(t.greeting()) * 5 / 2) / 2;
    if (silence > 50_000) {
      throw new Inapplicable("half of 2.5 intervals is " + silence + " ms, longer than a case");
    }
    t.expect("a ping", e -> e.type().equals("ping"), silence + t.patienceMs());
  }

  private static void patience(Bench b) throws Finds, InterruptedException {
    Talk t = b.open("?session_id=" + b.session());
    t.greeting();
    Event event = t.next(50_000);
    while (event instanceof Event.Text && b.log().nowMs() < 50_000) {
      event = t.next(50_000 - b.log().nowMs());
    }
    if (event instanceof Event.Closed closed) {
      throw new Mismatch("patience of 75 s", Talk.describe(closed) + " after " + closed.atMs());
    }
  }

  /** An old connection is silent while a newer one talks, past what the old one was allowed. */
  private static void freshTimers(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk older = b.open("?session_id=" + session);
    long interval = interval(older.greeting());
    older.ends(Ending.RST);
    Talk newer = b.connect(session);
    long until = b.log().nowMs() + Math.min(3 * interval, LONGEST_WAIT_MS / 2);
    while (b.log().nowMs() < until) {
      newer.stillHears();
      b.pause(Math.min(interval / 2, 200));
    }
    newer.sends(Json.frame("message", "content", b.plain()));
    newer.answer();
  }
}
