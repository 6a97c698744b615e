package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Http;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;
import java.util.Map;

/** Section resume: the token, which alone lets one into a session. */
final class TokenCases {
  private static final String GUESS = "0123456789abcdef0123456789abcdef";

  static final List<Case> ALL =
      List.of(
          Case.of(
              "resume/one-token-an-epoch",
              "Each hello makes a new token: a second tab puts the first one out.",
              b -> {
                Person ana = Person.in(b);
                String first = ana.visits().connected.data("resume_token").asText();
                String second = ana.visits().connected.data("resume_token").asText();
                if (!first.equals(second)) {
                  throw new Mismatch("the same token again", "another one");
                }
              }),
          Case.of(
              "resume/token-has-128-bits",
              "Tokens are counters, times or short.",
              TokenCases::longTokens),
          Case.of(
              "resume/first-hello-gives-the-token",
              "A session that began in core can never be resumed.",
              TokenCases::upgraded),
          Case.of(
              "resume/opener-may-return-without-token",
              "Who lost the first connected is locked out of a session of its own.",
              b -> {
                Person ana = Person.in(b);
                ana.visits().talk.cut();
                ana.token = null;
                ana.epoch = null;
                ana.visits();
              }),
          one(
              "resume/bad-token-closes-4100",
              "wrong",
              "Tokens are not compared, or by their length.",
              b -> turnedAway(b, GUESS)),
          one(
              "resume/bad-token-closes-4100",
              "empty",
              "An empty token counts as none was needed.",
              b -> turnedAway(b, "")),
          one(
              "resume/bad-token-closes-4100",
              "missing-from-a-stranger",
              "Whoever knows a session id is let in.",
              b -> {
                Person ana = Person.in(b);
                ana.visits();
                Person thief = new Person(b, ana.session, "thief");
                thief.isTurnedAway(4100);
              }),
          one(
              "resume/bad-token-closes-4100",
              "missing-after-it-was-shown",
              "The opener's name opens the session for ever.",
              b -> {
                Person ana = Person.in(b);
                ana.visits();
                ana.visits();
                ana.token = null;
                ana.isTurnedAway(4100);
              }),
          one(
              "resume/bad-token-closes-4100",
              "of-another-session",
              "Any token opens any session.",
              b -> {
                Person ana = Person.in(b);
                Person ben = Person.in(b);
                ana.visits();
                ben.visits();
                ben.visits();
                ana.token = ben.token;
                ana.isTurnedAway(4100);
              }),
          Case.of(
              "resume/bad-token-changes-nothing",
              "A bad hello counts as an attempt, or closes those who are there.",
              TokenCases::changesNothing),
          Case.of(
              "resume/core-handshake-to-a-resume-session-is-403",
              "Profile core walks in where resume wants a token.",
              b -> {
                Person ana = Person.in(b);
                Visit visit = ana.visits();
                b.refused("?session_id=" + ana.session, Map.of(), 403, "");
                visit.stillHears();
              }),
          Case.of(
              "transport/forbidden-is-403",
              "The refusal has another status or code.",
              b -> {
                Person ana = Person.in(b);
                ana.visits();
                b.refused("?session_id=" + ana.session, Map.of(), 403, "forbidden");
              }),
          one(
              "transport/user-id-proves-nothing",
              "in-resume",
              "A user id opens the session of the same user.",
              b -> {
                Person ana = Person.in(b);
                ana.visits();
                var thief = b.open("?session_id=" + ana.session + "&user_id=ana", Bench.RESUME);
                thief.sends(new Person(b, ana.session, "thief").hello());
                thief.closedWith(4100);
              }),
          http("no-token", false, ""),
          http("wrong-token", false, GUESS),
          http("right-token", true, ""));

  private TokenCases() {}

  private static void turnedAway(Bench b, String token) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    ana.visits();
    ana.visits();
    ana.token = token;
    ana.isTurnedAway(4100);
  }

  private static void longTokens(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Person ben = Person.in(b);
    ana.visits();
    ben.visits();
    String one = String.valueOf(ana.token);
    String two = String.valueOf(ben.token);
    boolean alike =
        one.length() > 8 && two.length() > 8 && one.substring(0, 8).equals(two.substring(0, 8));
    if (one.length() < 20 || alike) {
      throw new Mismatch("20 characters or more, none foreseeable", one.length() + " characters");
    }
  }

  private static void upgraded(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    var core = b.connect(session);
    core.says(b.plain());
    core.answer();
    core.peer().close();
    Person ana = new Person(b, session, "ana");
    Visit visit = ana.visits();
    if (String.valueOf(ana.token).length() < 20) {
      throw new Mismatch("a resume_token", visit.connected.text());
    }
    visit.answer(visit.says(b.plain()));
  }

  private static void changesNothing(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    Person thief = new Person(b, ana.session, ana.client);
    thief.token = GUESS;
    thief.attempt = 100;
    thief.isTurnedAway(4100);
    visit.answer(visit.says(b.plain()));
    visit.leaves();
    ana.visits().is("resumed").replay();
  }

  private static Case http(String word, boolean good, String token) {
    return one(
        "resume/bad-token-is-403-over-http",
        word,
        "HTTP does not ask for the token of the socket, or does not know it.",
        b -> {
          Person ana = Person.in(b);
          Visit visit = ana.visits();
          String shown = good ? String.valueOf(ana.token) : token;
          String[] bearer =
              shown.isEmpty() ? new String[0] : new String[] {"Authorization", "Bearer " + shown};
          var answer = b.http().chat(Http.message(ana.session, b.plain()), bearer).get();
          if (answer.statusCode() != (good ? 200 : 403)) {
            throw new Mismatch("HTTP " + (good ? 200 : 403), "HTTP " + answer.statusCode());
          }
          if (!good) {
            visit.quiet("run of a refused POST", Event.Text::isOfRun);
          }
        },
        Need.CHAT);
  }
}
