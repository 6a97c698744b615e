package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Http;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Section resume: the token, which alone lets one into a session. */
final class TokenCases {
  private static final String GUESS = "0123456789abcdef0123456789abcdef";

  /** 128 bits fill 22 characters of base64, of which a few may be alike by chance. */
  private static final int LEAST_DIFFERENT = 16;

  private static final Situation<Bench, Visit> OPENED =
      new Situation<>(
          "a session was opened in profile resume and got a token, and its connection heard a ping",
          TokenCases::opened);

  static final List<Case> ALL =
      List.of(
          Case.of(
                  "resume/one-token-an-epoch",
                  "Each hello makes a new token: a second tab puts the first one out.")
              .given("two hellos were answered in one epoch", TokenCases::twoGreetings)
              .then((b, two) -> {
                if (!token(two.get(0)).equals(token(two.get(1)))) {
                  throw new Mismatch("the same token again", "another one");
                }
              }),
          Case.of("resume/token-has-128-bits", "Tokens are counters, times or short.")
              .given("two sessions got their tokens", TokenCases::twoTokens)
              .then(TokenCases::longTokens),
          Case.of(
                  "resume/first-hello-gives-the-token",
                  "A session that began in core can never be resumed.")
              .given("a message was answered in a session opened in core", TokenCases::inCore)
              .then((b, ana) -> {
                Visit visit = ana.visits();
                if (visit.connected.data("resume_token").asText().isEmpty()) {
                  throw new Mismatch("a resume_token", visit.connected.text());
                }
              }),
          Case.of(
                  "resume/opener-may-return-without-token",
                  "Who lost the first connected is locked out of a session of its own.")
              .given(
                  "the opener of a session was cut off before it said anything after its hello",
                  b -> {
                    Person ana = Person.in(b);
                    ana.visits().talk.cut();
                    return ana;
                  })
              .then((b, ana) -> {
                ana.token = null;
                ana.epoch = null;
                ana.visits();
              }),
          turnedAway("wrong", "Tokens are not compared, or by their length.", GUESS),
          turnedAway("empty", "An empty token counts as none was needed.", ""),
          one(
                  "resume/bad-token-closes-4100",
                  "missing-from-a-stranger",
                  "A client that knows the session id gets in without the token.")
              .given(OPENED)
              .then((b, visit) -> new Person(b, visit.person.session, "thief").isTurnedAway(4100)),
          one(
                  "resume/bad-token-closes-4100",
                  "missing-after-it-was-shown",
                  "The opener's name opens the session for ever.")
              .given(ResumeSituations.KNOWN)
              .then((b, ana) -> {
                ana.token = null;
                ana.isTurnedAway(4100);
              }),
          one("resume/bad-token-closes-4100", "of-another-session", "Any token opens any session.")
              .given("two sessions have tokens that differ", TokenCases::twoOwners)
              .then((b, two) -> {
                two.get(0).token = two.get(1).token;
                two.get(0).isTurnedAway(4100);
              }),
          Case.of(
                  "resume/bad-token-changes-nothing",
                  "A bad hello counts as an attempt, or closes those who are there.")
              .given(
                  "a hello with a wrong token was closed beside an open connection",
                  TokenCases::refusedBeside)
              .then((b, visit) -> {
                visit.answer(visit.says(b.plain()));
                visit.leaves();
                visit.person.visits().is("resumed");
              }),
          Case.of(
                  "resume/core-handshake-to-a-resume-session-is-403",
                  "Profile core walks in where resume wants a token.")
              .given(OPENED)
              .then((b, visit) -> {
                b.refused("?session_id=" + visit.person.session, Map.of(), 403, "");
                visit.stillHears();
              }),
          Case.of("transport/forbidden-is-403", "The refusal has another status or code.")
              .given(OPENED)
              .then((b, visit) ->
                  b.refused("?session_id=" + visit.person.session, Map.of(), 403, "forbidden")),
          one(
                  "transport/user-id-proves-nothing",
                  "in-resume",
                  "A user id opens the session of the same user.")
              .given(
                  "a session was opened by a user and got a token, and its connection heard a ping",
                  b -> heard(Person.in(b).as("ana").visits()))
              .then((b, visit) -> {
                Person thief = new Person(b, visit.person.session, "thief");
                thief.as(visit.person.user).isTurnedAway(4100);
              }),
          refused("no-token", ""),
          refused("wrong-token", GUESS),
          one(
                  "resume/bad-token-is-403-over-http",
                  "right-token",
                  "HTTP does not know the token of the socket.",
                  Need.CHAT)
              .given(
                  "a POST to another session was answered, and a session got a token",
                  b -> {
                    Http.object("POST /api/chat", post(b, b.session(), ""), 200);
                    return opened(b).person;
                  })
              .then((b, ana) -> {
                int status = post(b, ana.session, String.valueOf(ana.token)).statusCode();
                if (status != 200) {
                  throw new Mismatch("HTTP 200", "HTTP " + status);
                }
              }));

  private TokenCases() {}

  private static String token(Visit visit) {
    return visit.connected.data("resume_token").asText();
  }

  private static Visit opened(Bench b) throws Finds, InterruptedException {
    return heard(Person.in(b).visits());
  }

  private static Visit heard(Visit visit) throws Finds, InterruptedException {
    visit.stillHears();
    ResumeSituations.protectedBy(visit.person);
    return visit;
  }

  private static Case turnedAway(String word, String cause, String token) {
    return one("resume/bad-token-closes-4100", word, cause)
        .given(ResumeSituations.KNOWN)
        .then((b, ana) -> {
          ana.token = token;
          ana.isTurnedAway(4100);
        });
  }

  private static List<Visit> twoGreetings(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit first = ana.visits();
    Visit second = ana.visits();
    String epoch = first.connected.data("epoch").asText();
    if (!second.connected.data("epoch").asText().equals(epoch)) {
      throw new Unclear("the epoch changed between two hellos");
    }
    return List.of(first, second);
  }

  private static List<String> twoTokens(Bench b) throws Finds, InterruptedException {
    return List.of(token(Person.in(b).visits()), token(Person.in(b).visits()));
  }

  /** What two tokens have in common, a header or a time, holds no chance. */
  private static void longTokens(Bench b, List<String> two) throws Mismatch {
    String one = two.get(0);
    String other = two.get(1);
    int shorter = Math.min(one.length(), other.length());
    int head = 0;
    while (head < shorter && one.charAt(head) == other.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && one.charAt(one.length() - 1 - tail) == other.charAt(other.length() - 1 - tail)) {
      tail++;
    }
    int different = shorter - head - tail;
    if (different < LEAST_DIFFERENT) {
      throw new Mismatch(
          "tokens of two sessions that differ in " + LEAST_DIFFERENT + " characters or more",
          "tokens of " + shorter + " characters that differ in " + different);
    }
  }

  private static Person inCore(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    var core = b.connect(session);
    core.says(b.plain());
    core.answer();
    core.peer().close();
    return new Person(b, session, "ana");
  }

  private static List<Person> twoOwners(Bench b) throws Finds, InterruptedException {
    Person ana = ResumeSituations.known(b);
    Person ben = ResumeSituations.known(b);
    if (String.valueOf(ana.token).equals(ben.token)) {
      throw new Unclear("two sessions have the same token");
    }
    return List.of(ana, ben);
  }

  private static Visit refusedBeside(Bench b) throws Finds, InterruptedException {
    Visit visit = opened(b);
    Person thief = new Person(b, visit.person.session, visit.person.client);
    thief.token = GUESS;
    thief.attempt = 100;
    if (!(thief.answerToHello() instanceof Event.Closed)) {
      throw new Unclear("the hello with a wrong token was not closed");
    }
    return visit;
  }

  private static Case refused(String word, String token) {
    return one(
            "resume/bad-token-is-403-over-http",
            word,
            "HTTP does not ask for the token of the socket.",
            Need.CHAT)
        .given(
            "a POST with the right token of another session was answered, and a session got a token",
            b -> {
              Person served = opened(b).person;
              String right = String.valueOf(served.token);
              Http.object("POST /api/chat", post(b, served.session, right), 200);
              return opened(b);
            })
        .then((b, visit) -> {
          int status = post(b, visit.person.session, token).statusCode();
          if (status != 403) {
            throw new Mismatch("HTTP 403", "HTTP " + status);
          }
          visit.quiet("run of a refused POST", Event.Text::isOfRun);
        });
  }

  private static HttpResponse<String> post(Bench b, String session, String token)
      throws Finds, InterruptedException {
    String[] bearer =
        token.isEmpty() ? new String[0] : new String[] {"Authorization", "Bearer " + token};
    return b.http().chat(Http.message(session, b.plain()), bearer).get(3 * b.pace().patienceMs());
  }
}
