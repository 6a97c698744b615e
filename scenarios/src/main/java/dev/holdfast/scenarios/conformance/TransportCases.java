package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.protocol.Names;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.conformance.wire.RawPeer.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Section transport: the handshake; {@link MessageCases} has the messages. */
final class TransportCases {
  private static final int MINTED = 8;
  private static final Map<String, String> FOREIGN = Map.of("Origin", "https://evil.example");

  /** Queries with a session id that no server should take, by what is wrong with it. */
  private static final Map<String, String> BAD_SESSIONS = new LinkedHashMap<>();

  static {
    BAD_SESSIONS.put("space", "no%20spaces");
    BAD_SESSIONS.put("empty", "");
    BAD_SESSIONS.put("129-characters", "x".repeat(129));
    BAD_SESSIONS.put("slash", "..%2Fetc%2Fpasswd");
    BAD_SESSIONS.put("umlaut", "m%C3%BCller");
    BAD_SESSIONS.put("nul", "a%00b");
    BAD_SESSIONS.put("line-break", "a%0D%0Ab");
  }

  static final List<Case> ALL =
      Stream.of(accepted(), badSessions(), users(), refused(), MessageCases.ALL)
          .flatMap(List::stream)
          .toList();

  private TransportCases() {}

  private static List<Case> accepted() {
    return List.of(
        Case.of(
                "transport/opens-a-session",
                "Another path is served, or the handshake wants more than RFC 6455.")
            .given(Situations.LISTENS)
            .then((b, target) -> b.open("?session_id=" + b.session())),
        alphabet("one-character", "a"),
        alphabet("128-characters", "Az09._-".repeat(19).substring(0, 128)),
        alphabet("dots-and-dashes", "._-..--__"),
        Case.of(
                "transport/session-id-is-minted",
                "A missing session id is an error, or a constant, a counter or a clock.")
            .given(Situations.GREETED)
            .then((b, other) -> minted(b)),
        Case.of(
                "transport/compression-is-optional",
                "permessage-deflate is demanded, or used without having been offered.")
            .given(Situations.LISTENS)
            .then((b, target) -> b.connect()));
  }

  /** Only the handshake is judged: such a short session may have a history from other runs. */
  private static Case alphabet(String word, String id) {
    return one(
            "transport/session-id-alphabet",
            word,
            "The session id is checked for a format of the server's own, a UUID for example.")
        .given(Situations.LISTENS)
        .then((b, target) -> b.open("?session_id=" + unused(b, id)).greeting());
  }

  /** An id of this length that is this run's own where its length leaves room for that. */
  private static String unused(Bench b, String id) {
    String own = b.session().replaceAll("[^A-Za-z0-9]", "");
    return id.length() < 100 ? id : own.substring(0, 30) + id.substring(30);
  }

  private static void minted(Bench b) throws Finds, InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < MINTED; i++) {
      Event.Text greeting = b.open("").greeting();
      if (!greeting.data("session_id").isTextual()) {
        throw new Inapplicable("the greeting does not tell the session id that was minted");
      }
      ids.add(greeting.data("session_id").asText());
      if (!Names.valid(ids.get(i))) {
        throw new Mismatch("a session id of the session alphabet", "'" + ids.get(i) + "'");
      }
    }
    String complaint = MintedIds.complaint(ids);
    if (complaint != null) {
      throw new Mismatch("session ids minted from 128 random bits", complaint + ": " + ids);
    }
  }

  private static List<Case> badSessions() {
    List<Case> cases = new ArrayList<>();
    BAD_SESSIONS.forEach((word, bad) ->
        cases.add(
            one(
                    "transport/bad-session-id-is-400",
                    word,
                    "The session id is taken as it comes; check it before the upgrade.")
                .given(Situations.GREETED)
                .then((b, other) ->
                    b.refused("?session_id=" + bad, Map.of(), 400, "bad_session_id"))));
    return cases;
  }

  private static List<Case> users() {
    return List.of(
        one(
                "transport/user-id-alphabet",
                "good",
                "The user id is refused, or the handshake knows no second parameter.")
            .given(Situations.GREETED)
            .then((b, other) -> b.open(session(b) + "&user_id=ana.b-c_d9").greeting()),
        one(
                "transport/user-id-alphabet",
                "bad",
                "The user id is taken as it comes; it ends up in logs and labels.")
            .given(Situations.GREETED)
            .then((b, other) -> b.refused(session(b) + "&user_id=a%20b", Map.of(), 400, "")),
        Case.of(
                "transport/user-id-proves-nothing",
                "Connections of one user id are put together, whatever their session.")
            .given(
                "two sessions had one user id, and a message was said in the first",
                TransportCases::twoOfOneUser)
            .then((b, two) -> strangers(two)));
  }

  private static String session(Bench b) {
    return "?session_id=" + b.session();
  }

  /**
   * What came to two sessions of one user id, when a message was said in the first.
   *
   * @param toTheFirst its answer, or the end of its connection
   * @param toTheOther the frame of that run that the other one got, or null
   */
  private record Two(@Nullable Event toTheFirst, @Nullable Event toTheOther) {}

  private static Two twoOfOneUser(Bench b) throws Finds, InterruptedException {
    Talk ana = b.open(session(b) + "&user_id=ana");
    ana.greeting();
    Talk other = b.open(session(b) + "&user_id=ana");
    other.greeting();
    try {
      ana.says(b.plain());
    } catch (Mismatch closed) {
      b.log().note("c1", "closed before it said anything");
    }
    Event first = ana.nextOf(Event.Text::isEnd, ana.patienceMs());
    Event stray = other.nextOf(Event.Text::isOfRun, b.pace().aftermathMs());
    if (first == null && !(stray instanceof Event.Text)) {
      throw new Unclear("a message in a session with a user_id was not answered");
    }
    return new Two(first, stray);
  }

  private static void strangers(Two two) throws Mismatch {
    if (two.toTheOther() instanceof Event.Text frame) {
      throw new Mismatch("no frame of another session", Talk.describe(frame));
    }
    if (two.toTheFirst() instanceof Event.Closed closed) {
      throw Mismatch.absence(
          "a connection to stay open when another session of its user_id opens",
          Talk.describe(closed));
    }
  }

  private static List<Case> refused() {
    return List.of(
        Case.of("transport/refusals-carry-json", "The framework's own error page is sent.")
            .given("a handshake was refused", TransportCases::refusals)
            .then((b, refusals) -> inJson(refusals)),
        Case.of(
                "transport/foreign-origin-is-403",
                "The Origin header is not looked at: any web page can talk for its visitor.")
            .given(Situations.GREETED)
            .then((b, other) -> b.refused(session(b), FOREIGN, 403, "origin_forbidden")));
  }

  /** Handshakes that should be refused, as far as they were. */
  private static List<Refused> refusals(Bench b) throws Finds, InterruptedException {
    List<Refused> refusals = new ArrayList<>();
    for (String query : List.of("?session_id=no%20spaces", session(b) + "&user_id=a%20b")) {
      add(refusals, b.refusal(query, Map.of()));
    }
    add(refusals, b.refusal(session(b), FOREIGN));
    if (refusals.isEmpty()) {
      throw new Inapplicable("no handshake was refused, not even one with a bad session id");
    }
    return refusals;
  }

  private static void add(List<Refused> refusals, @Nullable Refused refused) {
    if (refused != null) {
      refusals.add(refused);
    }
  }

  private static void inJson(List<Refused> refusals) throws Mismatch {
    for (Refused refused : refusals) {
      var body = Json.readOrNull(refused.body());
      if (body == null || !body.path("error").isTextual() || !body.path("code").isTextual()) {
        throw new Mismatch("a JSON body with error and code", "'" + refused.body() + "'");
      }
    }
  }
}
