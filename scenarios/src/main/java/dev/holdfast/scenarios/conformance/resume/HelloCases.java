package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;

/** Section resume: the hello, and who takes over from whom. */
final class HelloCases {
  static final List<Case> ALL =
      List.of(
          Case.of(
              "transport/server-echoes-subprotocol",
              "The subprotocol is not negotiated: browsers fail such a handshake.",
              b -> {
                Talk t = Person.in(b).opens();
                if (!t.peer().subprotocol().equals("agent-chat.v1")) {
                  throw new Mismatch(
                      "Sec-WebSocket-Protocol: agent-chat.v1", "'" + t.peer().subprotocol() + "'");
                }
              }),
          Case.of(
              "transport/no-subprotocol-means-core",
              "A hello is expected from everybody.",
              b -> {
                Talk t = b.connect();
                t.says(b.plain());
                t.answer();
              }),
          Case.of(
              "resume/outcome-new",
              "A session without a past is called resumed or reset.",
              b -> Person.in(b).visits().is("new")),
          Case.of(
              "resume/connected-tells-limits",
              "A client has to guess how much is kept for it, and how long.",
              HelloCases::limits),
          Case.of(
              "resume/hello-within-10-s",
              "A connection that says nothing is kept for ever.",
              b -> Person.in(b).opens().closedWith(4005, 15_000),
              Need.TIME),
          first(
              "message",
              "{\"type\":\"message\",\"id\":\"m\",\"seq\":1,\"data\":{\"content\":\"x\"}}"),
          first("ping", "{\"type\":\"ping\",\"id\":\"p\",\"data\":{}}"),
          first("garbage", "not JSON"),
          first("hello-without-client", "{\"type\":\"status\",\"data\":{\"status\":\"hello\"}}"),
          one(
              "resume/other-first-frame-closes-4203",
              "second-hello",
              "A hello is taken at any time.",
              b -> {
                Person ana = Person.in(b);
                Visit visit = ana.visits();
                visit.sends(ana.hello());
                visit.closedWith(4203);
              }),
          one(
              "resume/stale-attempt-closes-4204",
              "same-attempt",
              "A copy of an old hello takes the session over.",
              HelloCases::staleAttempt),
          one(
              "resume/stale-attempt-closes-4204",
              "lower-attempt",
              "A hello that was held up on its way takes the session over.",
              b -> {
                Person ana = Person.in(b);
                ana.attempt = 6;
                Visit visit = ana.visits();
                ana.attempt = 3;
                ana.isTurnedAway(4204);
                visit.stillHears();
              }),
          Case.of(
              "session/older-is-superseded",
              "Two connections of a session are both kept and get frames.",
              b -> {
                Person ana = Person.in(b);
                Visit older = ana.visits();
                Visit newer = ana.visits();
                older.closedWith(4204);
                String id = newer.says(b.plain());
                newer.answer(id);
              }),
          Case.of(
              "session/takeover-needs-a-good-hello",
              "The handshake alone takes the session over.",
              b -> {
                Person ana = Person.in(b);
                Visit older = ana.visits();
                ana.opens();
                Person thief = new Person(b, ana.session, "thief");
                thief.token = "not-the-token-of-this-session-0123456789";
                thief.isTurnedAway(4100);
                older.stillHears();
              }),
          Case.of(
              "heartbeat/server-closes-the-silent",
              "A client that has gone without a word is kept for ever.",
              HelloCases::silence,
              Need.TIME),
          one(
              "heartbeat/pong-names-its-ping",
              "in-a-replay",
              "Pings wait until the replay is over, or are answered without their id.",
              HelloCases::pingInReplay),
          one(
              "heartbeat/pong-while-busy",
              "in-resume",
              "The receive loop awaits the agent before it reads on.",
              b -> {
                Visit visit = Person.in(b).visits();
                visit.says(b.slow());
                visit.talk.pings("busy-1");
                visit.expect("a pong within 1 s", e -> e.field("reply_to").equals("busy-1"), 1_000);
              },
              Need.SLOW_ANSWER));

  private HelloCases() {}

  private static Case first(String word, String frame) {
    return one(
        "resume/other-first-frame-closes-4203",
        word,
        "A connection is served before it said who it is.",
        b -> {
          Talk t = Person.in(b).opens();
          t.sendsText(frame);
          Event event = t.next(t.patienceMs());
          if (!(event instanceof Event.Closed closed) || closed.code() != 4203) {
            throw new Mismatch("close 4203 and nothing before it", Talk.describe(event));
          }
        });
  }

  private static void limits(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    for (String limit :
        List.of(
            "heartbeat_interval_ms",
            "pong_timeout_ms",
            "resume_ttl_ms",
            "run_timeout_ms",
            "replay_max_frames",
            "replay_max_bytes",
            "max_frame_bytes",
            "max_pending_runs")) {
      if (visit.told(limit) < 1) {
        throw new Mismatch(limit + " above 0", visit.connected.text());
      }
    }
  }

  private static void staleAttempt(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    ana.attempt--;
    ana.isTurnedAway(4204);
    visit.stillHears();
  }

  private static void silence(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    long limit = visit.told("heartbeat_interval_ms") * 5 / 2;
    if (limit > 50_000) {
      throw new Finds.Inapplicable("2.5 intervals are " + limit + " ms, longer than a case");
    }
    visit.talk.closedWith(4000, limit + visit.talk.patienceMs());
  }

  private static void pingInReplay(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit before = ana.visits();
    before.answer(before.says(b.plain()));
    before.leaves();
    ana.got = 0;
    Talk talk = ana.opens();
    talk.sends(ana.hello());
    talk.pings("mid-replay");
    Visit back = ana.greeted(talk);
    Event.Text pong = back.expect("a pong", e -> e.type().equals("pong"));
    if (!pong.field("reply_to").equals("mid-replay")) {
      throw new Mismatch("reply_to mid-replay", pong.text());
    }
  }
}
