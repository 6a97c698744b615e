package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

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

/** Section resume: the hello, and who takes over from whom. */
final class HelloCases {
  private static final long HELLO_MS = 10_000;

  /** A case may take 60 s in all. */
  private static final long LONGEST_SILENCE_MS = 50_000;

  private static final Situation<Bench, Talk> UNGREETED =
      new Situation<>(
          "a handshake that offers agent-chat.v1 opened a connection", b -> Person.in(b).opens());

  static final List<Case> ALL =
      List.of(
          Case.of(
                  "transport/server-echoes-subprotocol",
                  "The subprotocol is not negotiated: browsers fail such a handshake.")
              .given(UNGREETED)
              .then((b, talk) -> {
                String chosen = talk.peer().subprotocol();
                if (!chosen.equals("agent-chat.v1")) {
                  throw new Mismatch("Sec-WebSocket-Protocol: agent-chat.v1", "'" + chosen + "'");
                }
              }),
          Case.of("transport/no-subprotocol-means-core", "A hello is expected from everybody.")
              .given(
                  "a handshake that offers no subprotocol opened a connection",
                  b -> b.open("?session_id=" + b.session()))
              .then((b, talk) -> {
                talk.greeting();
                talk.says(b.plain());
                talk.answer();
              }),
          Case.of("resume/outcome-new", "A session without a past is called resumed or reset.")
              .given(ResumeSituations.GREETED)
              .then((b, visit) -> visit.is("new")),
          Case.of(
                  "resume/connected-tells-limits",
                  "A client has to guess how much is kept for it, and how long.")
              .given(ResumeSituations.GREETED)
              .then(HelloCases::limits),
          Case.of(
                  "resume/hello-within-10-s",
                  "A connection that says nothing is kept for ever.",
                  Need.TIME)
              .given(UNGREETED)
              .then((b, talk) -> talk.closedWith(4005, HELLO_MS + talk.patienceMs())),
          first(
              "message",
              "{\"type\":\"message\",\"id\":\"m\",\"seq\":1,\"data\":{\"content\":\"x\"}}"),
          first("ping", "{\"type\":\"ping\",\"id\":\"p\",\"data\":{}}"),
          first("garbage", "not JSON"),
          first("hello-without-client", "{\"type\":\"status\",\"data\":{\"status\":\"hello\"}}"),
          one(
                  "resume/other-first-frame-closes-4203",
                  "second-hello",
                  "A hello is taken at any time.")
              .given(ResumeSituations.GREETED)
              .then(HelloCases::secondHello),
          stale("same-attempt", "A copy of an old hello takes the session over.", 1),
          stale("lower-attempt", "A hello that was held up on its way takes the session over.", 3),
          Case.of(
                  "session/older-is-superseded",
                  "Two connections of a session are both kept and get frames.")
              .given(
                  "an open connection heard a ping, then another one of the client said a good hello",
                  HelloCases::takenOver)
              .then((b, two) -> {
                two.older().closedWith(4204);
                two.newer().answer(two.newer().says(b.plain()));
              }),
          Case.of(
                  "session/takeover-needs-a-good-hello",
                  "The handshake alone takes the session over.")
              .given(
                  "beside a greeted connection one said no hello and one said a hello with a wrong"
                      + " token",
                  HelloCases::intruded)
              .then((b, older) -> {
                older.stillHears();
                older.answer(older.says(b.plain()));
              }),
          Case.of(
                  "heartbeat/server-closes-the-silent",
                  "A client that has gone without a word is kept for ever.",
                  Need.TIME)
              .given("a greeted client sends nothing more", HelloCases::silent)
              .then((b, visit) ->
                  visit.talk.closedWith(4000, silenceMs(visit) + visit.talk.patienceMs())),
          one(
                  "heartbeat/pong-names-its-ping",
                  "in-a-replay",
                  "Pings wait until the replay is over, or are answered without their id.")
              .given(
                  "a ping was sent before anything of a replay was read, and a pong came",
                  HelloCases::pingInReplay)
              .then((b, pong) -> {
                if (!pong.field("reply_to").equals("mid-replay")) {
                  throw new Mismatch("reply_to mid-replay", pong.text());
                }
              }));

  private HelloCases() {}

  private static Case first(String word, String frame) {
    return one(
            "resume/other-first-frame-closes-4203",
            word,
            "A connection is served before it said who it is.")
        .given(UNGREETED)
        .then((b, talk) -> {
          talk.sendsText(frame);
          Event event = talk.next(talk.patienceMs());
          if (event == null) {
            throw Mismatch.absence("close 4203", "nothing");
          }
          if (!(event instanceof Event.Closed closed) || closed.code() != 4203) {
            throw new Mismatch("close 4203 and nothing before it", Talk.describe(event));
          }
        });
  }

  private static void limits(Bench b, Visit visit) throws Finds {
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

  /** A server may skip what it does not expect; it must not greet a connection again. */
  private static void secondHello(Bench b, Visit visit) throws Finds, InterruptedException {
    visit.sends(visit.person.hello());
    visit.talk.pings("after-hello");
    Event event = visit.next(visit.talk.patienceMs());
    if (event == null) {
      throw Mismatch.absence("close 4203, or a pong to the ping after the hello", "nothing");
    }
    boolean closed = event instanceof Event.Closed c && c.code() == 4203;
    boolean skipped = event instanceof Event.Text t && t.type().equals("pong");
    if (!closed && !skipped) {
      throw new Mismatch("close 4203 in answer to a second hello", Talk.describe(event));
    }
  }

  private static Case stale(String word, String cause, long back) {
    return one("resume/stale-attempt-closes-4204", word, cause)
        .given(
            "a hello was answered, and its connection heard a ping",
            b -> {
              Person ana = Person.in(b);
              ana.attempt = 5;
              Visit visit = ana.visits();
              visit.stillHears();
              return visit;
            })
        .then((b, visit) -> {
          visit.person.attempt -= back;
          visit.person.isTurnedAway(4204);
          visit.stillHears();
        });
  }

  private record TakenOver(Visit older, Visit newer) {}

  private static TakenOver takenOver(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit older = ana.visits();
    older.stillHears();
    return new TakenOver(older, ana.visits());
  }

  private static Visit intruded(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit older = ana.visits();
    older.stillHears();
    ResumeSituations.protectedBy(ana);
    ana.opens();
    Person thief = new Person(b, ana.session, "thief");
    thief.token = "not-the-token-of-this-session-0123456789";
    if (thief.answerToHello() == null) {
      throw new Unclear("nothing answered the hello with a wrong token");
    }
    return older;
  }

  private static long silenceMs(Visit visit) {
    return visit.told("heartbeat_interval_ms") * 5 / 2;
  }

  private static Visit silent(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    long limit = silenceMs(visit);
    if (limit > LONGEST_SILENCE_MS) {
      throw new Inapplicable("2.5 intervals are " + limit + " ms, longer than a case");
    }
    return visit;
  }

  private static Event.Text pingInReplay(Bench b) throws Finds, InterruptedException {
    Person ana = ResumeSituations.left(b);
    ana.got = 0;
    Visit back = ana.visits().is("resumed");
    back.talk.pings("mid-replay");
    Event.Text pong = null;
    boolean over = false;
    while (pong == null || !over) {
      Event.Text frame =
          back.expect(
              "a pong and caught_up", e -> e.type().equals("pong") || e.isStatus("caught_up"));
      over |= frame.isStatus("caught_up");
      pong = frame.type().equals("pong") ? frame : pong;
    }
    if (ana.repeats() == 0) {
      throw new Unclear("the replay contained no frame");
    }
    return pong;
  }
}
