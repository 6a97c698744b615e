package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;
import static dev.holdfast.scenarios.conformance.client.ClientBench.requireCame;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Visitor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Section reconnect: after what the client reconnects, and what it reports. */
final class AttemptCases {
  private static final long QUICK_MS = 100;
  private static final byte[] HALF_A_HEAD =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: web".getBytes(StandardCharsets.ISO_8859_1);
  private static final List<Integer> LISTED = List.of(1001, 1011, 1012, 1013);
  private static final List<Integer> OTHER_CODES =
      List.of(0, 3000, 3999, 4000, 4001, 4002, 4004, 4099, 4300, 4999);

  /** Some way in which a connection ends. */
  private interface Ending {
    void of(Visit visit) throws Exception;
  }

  /** Some way in which a connection ends with a code. */
  private interface Closing {
    void of(Visit visit, int code) throws Exception;
  }

  /** Some way in which a handshake fails. */
  private interface Failing {
    void of(Visitor visitor) throws Exception;
  }

  private static final List<ClientCase> AFTER_CODES =
      LISTED.stream()
          .map(code ->
              ClientCase.of(
                      "reconnect/codes-that-reconnect",
                      Integer.toString(code),
                      "A close by the server is taken for a farewell whatever its code says.")
                  .given(
                      "the server closed a working connection with " + code,
                      b -> lost(b, v -> v.close(code, "")))
                  .then(AttemptCases::comesBack)
                  .quick(QUICK_MS))
          .toList();

  private static final String NOT_FAILED =
      "The client does not fail this handshake, as RFC 6455 (4.1) has it, or takes it for final.";

  private static final List<ClientCase> FAILED_HANDSHAKES =
      Stream.of(
              failing("404", v -> v.refuse(404, "", "{}")),
              failing("429", v -> v.refuse(429, "", "{\"code\":\"rate_limited\"}")),
              failing("500", v -> v.refuse(500, "", "oops")),
              failing("503", v -> v.refuse(503, "", "{\"code\":\"draining\"}")),
              failing("redirect", v -> v.refuse(302, "Location: http://127.0.0.1:1/\r\n", "")),
              failing("wrong-proof", NOT_FAILED, Visitor::acceptWrongly),
              failing("subprotocol-not-offered", NOT_FAILED, v -> v.accept("nobody-offered.this")),
              failing("no-http", v -> end(v, "this is not HTTP\r\n\r\n")),
              failing("cut-head", v -> end(v, "HTTP/1.1 101 Switching")),
              failing("reset", Visitor::reset))
          .toList();

  static final List<ClientCase> ALL =
      Stream.of(
              List.of(
                  ClientCase.of(
                          "reconnect/connects-by-itself", "The client waits to be told to connect.")
                      .given(Scenes.STARTED)
                      .then((b, client) -> b.isShown(b.greeted(), "hello-there")),
                  ClientCase.of(
                          "reconnect/connects-by-itself",
                          "told-twice",
                          "Each command to connect opens a socket beside the one that is there.")
                      .given(
                          "the client was told to connect while it did so, and when it had",
                          AttemptCases::toldTwice)
                      .then(AttemptCases::isOne),
                  ClientCase.of(
                          "reconnect/states-are-reported",
                          "A state is left out, or has another name than the protocol's.")
                      .given(
                          "the client connected, lost the connection, connected again and was told"
                              + " to disconnect",
                          AttemptCases::wholeLife)
                      .then(AttemptCases::states)
                      .quick(QUICK_MS)),
              AFTER_CODES,
              List.of(
                  ending("reconnect/codes-that-reconnect", "1006", "with RST", Visit::reset),
                  afterEach("clean-with-reason", LISTED, (v, code) -> v.close(code, "come back")),
                  afterEach(
                      "cut-after-close-frame",
                      LISTED,
                      (v, code) -> {
                        v.close(code, "");
                        v.reset();
                      }),
                  afterEach("not-answered", LISTED, Manner.CUT_SHORT::close),
                  ending("reconnect/clean-or-not", "half-closed", "with FIN", Visit::fin),
                  ending(
                      "reconnect/clean-or-not",
                      "torn-frame",
                      "within a frame",
                      v -> {
                        v.does(() -> v.visitor().raw(new byte[] {(byte) 0x81, 100, 'x'}));
                        v.reset();
                      }),
                  ClientCase.of(
                          "reconnect/clean-or-not",
                          "after-leaving-and-coming-back",
                          "A flag that says the close was wanted outlives the connection.")
                      .given(
                          "the client left, came back when told to, and lost that connection",
                          AttemptCases::leavesAndReturns)
                      .then(AttemptCases::comesBack)
                      .quick(QUICK_MS),
                  each(
                          "reconnect/all-other-closes-reconnect",
                          "",
                          "Codes that the client does not know count as final.",
                          OTHER_CODES,
                          Manner.CLEAN::close)
                      .quick(20)
                      .waiting(p -> p.mostMs(1) * OTHER_CODES.size()),
                  others("with-reason", Manner.WITH_REASON),
                  others("cut-short", Manner.CUT_SHORT),
                  ClientCase.of(
                          "close/unknown-code-obeys-its-range",
                          "Only listed codes of 4000 to 4299 are told apart.")
                      .given(Scenes.HEARING)
                      .then(AttemptCases::unknownCodes)
                      .quick(QUICK_MS)
                      .waiting(p -> p.mostMs(1) * 3)),
              FAILED_HANDSHAKES,
              List.of(
                  hanging("hangs", "nothing answered it", v -> {}),
                  hanging("hangs-half-way", "half an answer came", v -> v.raw(HALF_A_HEAD)),
                  ClientCase.of(
                          "reconnect/failed-attempt-leads-to-the-next",
                          "after-a-restart",
                          "A server that says 1012 is expected to be there at once.")
                      .given(
                          "the server closed with 1012 and was away for longer than two attempts",
                          b -> returns(b, v -> v.close(1012, "restart")))
                      .then(AttemptCases::findsIt)
                      .quick(QUICK_MS)
                      .waiting(p -> p.firstMs(3)),
                  ClientCase.of(
                          "reconnect/failed-attempt-leads-to-the-next",
                          "nobody-listens-at-the-start",
                          "The first connection is not tried again.")
                      .given(
                          "the client started and lost its first attempt, for nothing listened",
                          AttemptCases::nobodyAtTheStart)
                      .then((b, late) -> {
                        Visit visit = b.visitWithin(b.pace().firstMs(4) + b.patienceMs()).greet();
                        visit.says("late-but-there");
                        late.expect("the delivery", t -> t.shows("late-but-there"), b.patienceMs());
                      })
                      .quick(QUICK_MS)
                      .waiting(p -> p.firstMs(3)),
                  ClientCase.of(
                          "reconnect/failed-attempt-leads-to-the-next",
                          "nobody-listens-for-a-while",
                          "An error without a close event schedules nothing.")
                      .given(
                          "the connection was cut and nothing listened for longer than two attempts",
                          b -> returns(b, Visit::reset))
                      .then(AttemptCases::findsIt)
                      .quick(QUICK_MS)
                      .waiting(p -> p.firstMs(3)),
                  ClientCase.of(
                          "reconnect/failed-attempt-leads-to-the-next",
                          "five-in-a-row",
                          "A failed retry schedules no further one.")
                      .given(
                          "the first attempt after a loss failed",
                          b -> {
                            b.triesAtLeast(6);
                            Scenes.hearing(b, "before-it").reset();
                            b.visit(1).reset();
                            return b;
                          })
                      .then((b, failed) -> fiveFail(b))
                      .quick(40)
                      .waiting(p -> p.firstMs(6)),
                  ClientCase.of(
                          "reconnect/failed-attempt-leads-to-the-next",
                          "opened-and-cut",
                          "A connection that ends before its greeting counts as left on purpose.")
                      .given(
                          "the first connection opened, and was cut before its greeting",
                          b -> {
                            b.triesAtLeast(3);
                            b.visit(1).accept().reset();
                            return b;
                          })
                      .then((b, cut) -> {
                        for (int i = 2; i <= 3; i++) {
                          b.visit(i).accept().reset();
                        }
                        b.isShown(b.visit(4).greet(), "at-last");
                      })
                      .quick(40)
                      .waiting(p -> p.firstMs(4))))
          .flatMap(List::stream)
          .toList();

  private AttemptCases() {}

  private static ClientCase ending(String clause, String word, String how, Ending ending) {
    return ClientCase.of(
            clause, word, "Only some ways in which a connection ends lead to another attempt.")
        .given("a working connection ended " + how, b -> lost(b, ending))
        .then(AttemptCases::comesBack)
        .quick(QUICK_MS);
  }

  private static ClientCase afterEach(String word, List<Integer> codes, Closing closing) {
    return each(
            "reconnect/clean-or-not",
            word,
            "Only some ways in which a connection ends lead to another attempt.",
            codes,
            closing)
        .quick(QUICK_MS)
        .waiting(p -> p.mostMs(1) * codes.size());
  }

  private static ClientCase others(String word, Manner manner) {
    return each(
            "reconnect/all-other-closes-reconnect",
            word,
            "Codes that the client does not know count as final where they come like this.",
            OTHER_CODES,
            manner::close)
        .quick(20)
        .waiting(p -> p.mostMs(1) * OTHER_CODES.size());
  }

  private static ClientCase each(
      String clause, String word, String cause, List<Integer> codes, Closing closing) {
    var draft = word.isEmpty() ? ClientCase.of(clause, cause) : ClientCase.of(clause, word, cause);
    return draft
        .given(
            "the server closed one working connection with each of " + codes,
            b -> notComeBackAfter(b, codes, closing))
        .then((b, wrong) ->
            requireCame(
                wrong.isEmpty(), "an attempt after each close of " + codes, "none after " + wrong));
  }

  private static ClientCase hanging(String word, String how, Failing until) {
    return ClientCase.of(
            "reconnect/other-refusals-retry", word, "No limit of time is set on the handshake.")
        .given(
            "a handshake began, and " + how,
            b -> {
              until.of(b.visit().visitor());
              return b;
            })
        .then((b, hangs) ->
            b.visitWithin(
                b.pace().get(Setting.CONNECT_TIMEOUT_MS) + b.pace().mostMs(1) + b.patienceMs()))
        .quick(QUICK_MS)
        .wishing(Setting.CONNECT_TIMEOUT_MS, 400)
        .waiting(p -> p.get(Setting.CONNECT_TIMEOUT_MS) + p.mostMs(1));
  }

  private static ClientCase failing(String word, Failing failing) {
    return failing(word, "A handshake that failed in this way is taken for final.", failing);
  }

  private static ClientCase failing(String word, String cause, Failing failing) {
    return ClientCase.of("reconnect/other-refusals-retry", word, cause)
        .given(
            "a handshake failed",
            b -> {
              failing.of(b.visit().visitor());
              return b;
            })
        .then((b, failed) -> b.isShown(b.greeted(), "after-all"))
        .quick(QUICK_MS);
  }

  private static void end(Visitor visitor, String words) throws java.io.IOException {
    visitor.raw(words.getBytes(StandardCharsets.ISO_8859_1));
    visitor.close();
  }

  private static Visit lost(ClientBench b, Ending ending) throws Exception {
    Visit first = Scenes.hearing(b, "before-it");
    ending.of(first);
    return first;
  }

  private static void comesBack(ClientBench b, Visit lost) throws Exception {
    b.isShown(b.greeted(), "after-it");
  }

  /** Every code is tried, so that the first that is wrong hides no other; gives those. */
  private static List<Integer> notComeBackAfter(ClientBench b, List<Integer> codes, Closing closing)
      throws Exception {
    List<Integer> wrong = new ArrayList<>();
    Visit visit = b.greeted();
    for (int code : codes) {
      b.isShown(visit, "before-" + code);
      closing.of(visit, code);
      Visitor next = b.nextUnlessGivenUp(b.pace().mostMs(1) + b.patienceMs());
      if (next != null) {
        visit = b.greet(next);
        continue;
      }
      wrong.add(code);
      Visitor woken = woken(b);
      if (woken == null) {
        return wrong;
      }
      visit = b.greet(woken);
    }
    b.isShown(visit, "after-all");
    return wrong;
  }

  private static @Nullable Visitor woken(ClientBench b) throws Exception {
    try {
      b.client().retry();
    } catch (Unsupported e) {
      return null;
    }
    return b.door().next(b.pace().mostMs(1) + b.patienceMs());
  }

  /** The server's own trace shows that each state arose. */
  private static UnderTest wholeLife(ClientBench b) throws Exception {
    Scenes.hearing(b, "first-connection").reset();
    Visit second = Scenes.hearing(b, "second-connection");
    b.client().disconnect();
    second.closed(b.patienceMs());
    return b.client();
  }

  /** More states, and more about each, may be reported too. */
  private static void states(ClientBench b, UnderTest client) throws Exception {
    List<String> due =
        List.of("connecting", "connected", "reconnecting", "connected", "disconnected");
    for (String state : due) {
      client.state(state, b.patienceMs());
    }
  }

  /** Told twice to connect, or while it does so by itself, it still is one client. */
  private static Visit toldTwice(ClientBench b) throws Exception {
    Visit visit = b.visit();
    b.client().connect();
    visit.greet();
    try {
      b.client().state("connected", b.patienceMs());
    } catch (Mismatch e) {
      // A client with two connections may hear the second only, which nothing answers.
      if (b.door().visits() == 1) {
        throw e;
      }
    }
    b.client().connect();
    b.client().rest(StopCases.LONGER_MS);
    return visit;
  }

  /** A client that leaves its connection for another one has one still. */
  private static void isOne(ClientBench b, Visit visit) throws Exception {
    if (b.door().visits() > 1 && visit.hasEnded()) {
      throw new Unclear("the client left its connection when it was told to connect again");
    }
    int visits = b.door().visits();
    require(visits == 1, "one connection", visits + " attempts, and the first connection is open");
    b.isShown(visit, "still-here");
  }

  private static Visit leavesAndReturns(ClientBench b) throws Exception {
    Scenes.connected(b);
    b.client().disconnect();
    b.client().connect();
    Visit second = Scenes.hearing(b, "back-again");
    second.reset();
    return second;
  }

  private static void unknownCodes(ClientBench b, Visit first) throws Exception {
    Visit visit = first;
    for (int code : List.of(4042, 4142)) {
      visit.close(code, "");
      visit = Scenes.hearing(b, "after-" + code);
    }
    visit.close(4242, "");
    b.nobodyComes(b.pace().mostMs(1) + StopCases.LONGER_MS);
  }

  private static UnderTest nobodyAtTheStart(ClientBench b) throws Exception {
    b.triesAtLeast(4);
    b.visit();
    b.client().leave();
    b.door().shut();
    while (b.door().next(0) != null) {
      // Attempts of the first client, which is gone.
    }
    UnderTest late = b.start();
    late.state("reconnecting", b.patienceMs());
    b.reopen();
    return late;
  }

  /** The server is away for longer than the first attempts, and is there again. */
  private static ClientBench returns(ClientBench b, Ending ending) throws Exception {
    b.triesAtLeast(4);
    Visit first = Scenes.hearing(b, "before-it");
    b.door().shut();
    ending.of(first);
    b.client().state("reconnecting", b.patienceMs());
    b.client().rest(b.pace().firstMs(2));
    b.reopen();
    b.hasAttemptsLeft();
    return b;
  }

  private static void findsIt(ClientBench b, ClientBench returned) throws Exception {
    b.isShown(b.visitWithin(b.pace().mostMs(4) + b.patienceMs()).greet(), "after-it");
  }

  private static void fiveFail(ClientBench b) throws Exception {
    List<Failing> ways = new ArrayList<>();
    ways.add(v -> v.refuse(500, "", ""));
    ways.add(Visitor::acceptWrongly);
    ways.add(v -> end(v, "rubbish"));
    ways.add(Visitor::reset);
    for (int i = 0; i < ways.size(); i++) {
      ways.get(i).of(b.visit(i + 2).visitor());
    }
    b.isShown(b.visit(6).greet(), "after-it");
  }
}
