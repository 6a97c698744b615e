package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.wire.Visitor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Section reconnect: after what the client comes back, and what it reports. */
final class AttemptCases {
  private static final long QUICK_MS = 100;
  private static final Set<String> STATES =
      Set.of("connecting", "connected", "reconnecting", "disconnected");
  private static final byte[] HALF_A_HEAD =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: web".getBytes(StandardCharsets.ISO_8859_1);
  private static final List<Integer> LISTED = List.of(1001, 1011, 1012, 1013);
  private static final List<Integer> OTHER_CODES =
      List.of(0, 3000, 3999, 4000, 4001, 4002, 4004, 4099, 4300, 4999);

  /** It may say that it tries as often as it does. */
  private static final Pattern IN_ORDER =
      Pattern.compile(
          "the states \\[(connecting, )+connected, reconnecting, ((connecting|reconnecting), )*"
              + "connected, disconnected]");

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
                      "A close by the server is taken for a farewell whatever its code says.",
                      b -> comesBack(b, v -> v.close(code, "")))
                  .quick(QUICK_MS))
          .toList();

  private static final List<ClientCase> FAILED_HANDSHAKES =
      Stream.of(
              failing("404", v -> v.refuse(404, "", "{}")),
              failing("429", v -> v.refuse(429, "", "{\"code\":\"rate_limited\"}")),
              failing("500", v -> v.refuse(500, "", "oops")),
              failing("503", v -> v.refuse(503, "", "{\"code\":\"draining\"}")),
              failing("redirect", v -> v.refuse(302, "Location: http://127.0.0.1:1/\r\n", "")),
              failing("wrong-proof", Visitor::acceptWrongly),
              failing("subprotocol-not-offered", v -> v.accept("nobody-offered.this")),
              failing("no-http", v -> end(v, "this is not HTTP\r\n\r\n")),
              failing("cut-head", v -> end(v, "HTTP/1.1 101 Switching")),
              failing("reset", Visitor::reset))
          .toList();

  static final List<ClientCase> ALL =
      Stream.of(
              List.of(
                  ClientCase.of(
                      "reconnect/connects-by-itself",
                      "The client waits to be told to connect.",
                      b -> b.isShown(b.greeted(), "hello-there")),
                  ClientCase.of(
                      "reconnect/connects-by-itself",
                      "told-twice",
                      "Each word to connect opens a socket beside the one that is there.",
                      AttemptCases::toldTwice),
                  ClientCase.of(
                          "reconnect/states-are-reported",
                          "A state is left out, or has another name than the protocol's.",
                          AttemptCases::states)
                      .quick(QUICK_MS)),
              AFTER_CODES,
              List.of(
                  ending("reconnect/codes-that-reconnect", "1006", Visit::reset),
                  afterEach("clean-with-reason", LISTED, (v, code) -> v.close(code, "come back")),
                  afterEach(
                      "cut-after-close-frame",
                      LISTED,
                      (v, code) -> {
                        v.close(code, "");
                        v.reset();
                      }),
                  afterEach("not-answered", LISTED, Manner.CUT_SHORT::close),
                  ending("reconnect/clean-or-not", "half-closed", Visit::fin),
                  ending(
                      "reconnect/clean-or-not",
                      "torn-frame",
                      v -> {
                        v.does(() -> v.visitor().raw(new byte[] {(byte) 0x81, 100, 'x'}));
                        v.reset();
                      }),
                  ClientCase.of(
                          "reconnect/clean-or-not",
                          "after-leaving-and-coming-back",
                          "A flag that says the close was wanted outlives the connection.",
                          AttemptCases::leavesAndReturns)
                      .quick(QUICK_MS),
                  ClientCase.of(
                          "reconnect/all-other-closes-reconnect",
                          "Codes that the client does not know count as final.",
                          b -> comesBackEach(b, OTHER_CODES, Manner.CLEAN::close))
                      .quick(20)
                      .waiting(p -> p.mostMs(1) * OTHER_CODES.size()),
                  others("with-reason", Manner.WITH_REASON),
                  others("cut-short", Manner.CUT_SHORT),
                  ClientCase.of(
                          "close/unknown-code-obeys-its-range",
                          "Only listed codes of 4000 to 4299 are told apart.",
                          AttemptCases::unknownCodes)
                      .quick(QUICK_MS)
                      .waiting(p -> p.mostMs(1) * 3)),
              FAILED_HANDSHAKES,
              List.of(
                  hanging("hangs", v -> {}),
                  hanging("hangs-half-way", v -> v.raw(HALF_A_HEAD)),
                  ClientCase.of(
                          "reconnect/failed-attempt-leads-to-the-next",
                          "after-a-restart",
                          "A server that says 1012 is expected to be there at once.",
                          AttemptCases::restarts)
                      .quick(QUICK_MS)
                      .waiting(p -> p.firstMs(3)),
                  ClientCase.of(
                          "reconnect/failed-attempt-leads-to-the-next",
                          "nobody-listens-at-the-start",
                          "The first connection is not tried again.",
                          AttemptCases::nobodyAtTheStart)
                      .quick(QUICK_MS)
                      .waiting(p -> p.firstMs(3)),
                  ClientCase.of(
                          "reconnect/failed-attempt-leads-to-the-next",
                          "nobody-listens-for-a-while",
                          "An error without a close event schedules nothing.",
                          AttemptCases::nobodyForAWhile)
                      .quick(QUICK_MS)
                      .waiting(p -> p.firstMs(3)),
                  ClientCase.of(
                          "reconnect/failed-attempt-leads-to-the-next",
                          "five-in-a-row",
                          "A failed retry schedules no further one.",
                          AttemptCases::fiveFail)
                      .quick(40)
                      .waiting(p -> p.firstMs(6)),
                  ClientCase.of(
                          "reconnect/failed-attempt-leads-to-the-next",
                          "opened-and-cut",
                          "A connection that ends before its greeting counts as left on purpose.",
                          AttemptCases::openedAndCut)
                      .quick(40)
                      .waiting(p -> p.firstMs(4))))
          .flatMap(List::stream)
          .toList();

  private AttemptCases() {}

  private static ClientCase ending(String clause, String word, Ending ending) {
    return ClientCase.of(
            clause,
            word,
            "Only some ways in which a connection ends lead to another attempt.",
            b -> comesBack(b, ending))
        .quick(QUICK_MS);
  }

  private static ClientCase afterEach(String word, List<Integer> codes, Closing closing) {
    return ClientCase.of(
            "reconnect/clean-or-not",
            word,
            "Only some ways in which a connection ends lead to another attempt.",
            b -> comesBackEach(b, codes, closing))
        .quick(QUICK_MS)
        .waiting(p -> p.mostMs(1) * codes.size());
  }

  private static ClientCase others(String word, Manner manner) {
    return ClientCase.of(
            "reconnect/all-other-closes-reconnect",
            word,
            "Codes that the client does not know count as final where they come like this.",
            b -> comesBackEach(b, OTHER_CODES, manner::close))
        .quick(20)
        .waiting(p -> p.mostMs(1) * OTHER_CODES.size());
  }

  private static ClientCase hanging(String word, Failing until) {
    return ClientCase.of(
            "reconnect/other-refusals-retry",
            word,
            "No limit of time is set on the handshake.",
            b -> {
              until.of(b.visit().visitor());
              b.visitWithin(
                  b.pace().get(Setting.CONNECT_TIMEOUT_MS) + b.pace().mostMs(1) + b.patienceMs());
            })
        .quick(QUICK_MS)
        .wishing(Setting.CONNECT_TIMEOUT_MS, 400)
        .waiting(p -> p.get(Setting.CONNECT_TIMEOUT_MS) + p.mostMs(1));
  }

  private static ClientCase failing(String word, Failing failing) {
    return ClientCase.of(
            "reconnect/other-refusals-retry",
            word,
            "A handshake that failed in this way is taken for final.",
            b -> {
              failing.of(b.visit().visitor());
              b.isShown(b.greeted(), "after-all");
            })
        .quick(QUICK_MS);
  }

  private static void end(Visitor visitor, String words) throws java.io.IOException {
    visitor.raw(words.getBytes(StandardCharsets.ISO_8859_1));
    visitor.close();
  }

  private static void comesBack(ClientBench b, Ending ending) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    ending.of(first);
    b.isShown(b.greeted(), "after-it");
  }

  /** Every code is tried, so that the first that is wrong hides no other. */
  private static void comesBackEach(ClientBench b, List<Integer> codes, Closing closing)
      throws Exception {
    List<Integer> wrong = new ArrayList<>();
    Visit visit = b.greeted();
    for (int code : codes) {
      b.isShown(visit, "before-" + code);
      closing.of(visit, code);
      Visitor next = b.nextUnlessGivenUp(b.pace().mostMs(1) + b.patienceMs());
      if (next == null) {
        wrong.add(code);
        b.client().retry();
        visit = b.greeted();
      } else {
        visit = b.greet(next);
      }
    }
    b.isShown(visit, "after-all");
    require(wrong.isEmpty(), "an attempt after each close of " + codes, "none after " + wrong);
  }

  private static void states(ClientBench b) throws Exception {
    UnderTest client = b.client();
    Visit held = b.visit();
    client.state("connecting", b.patienceMs());
    held.greet();
    client.state("connected", b.patienceMs());
    held.reset();
    client.state("reconnecting", b.patienceMs());
    b.greeted();
    client.state("connected", b.patienceMs());
    client.disconnect();
    client.state("disconnected", b.patienceMs());
    for (Told told : client.told()) {
      String state = told.data().path("state").asText();
      require(!told.event().equals("state") || STATES.contains(state), "one of " + STATES, state);
    }
    require(
        IN_ORDER.matcher(client.states()).matches(),
        "the states in their order and none between them",
        client.states());
  }

  /** Told twice to connect, or while it does so by itself, it still is one client. */
  private static void toldTwice(ClientBench b) throws Exception {
    Visit visit = b.visit();
    b.client().connect();
    visit.greet();
    b.client().state("connected", b.patienceMs());
    b.client().connect();
    b.client().rest(StopCases.LONGER_MS);
    require(b.door().visits() == 1, "one connection", b.door().visits() + " attempts");
    b.isShown(visit, "still-here");
  }

  private static void leavesAndReturns(ClientBench b) throws Exception {
    b.greeted();
    b.client().state("connected", b.patienceMs());
    b.client().disconnect();
    b.client().connect();
    Visit second = b.greeted();
    b.isShown(second, "back-again");
    second.reset();
    b.isShown(b.greeted(), "and-once-more");
  }

  private static void unknownCodes(ClientBench b) throws Exception {
    for (int code : List.of(4042, 4142)) {
      Visit visit = b.greeted();
      b.isShown(visit, "before-" + code);
      visit.close(code, "");
    }
    Visit last = b.greeted();
    b.isShown(last, "before-4242");
    last.close(4242, "");
    b.client().state("disconnected", b.patienceMs());
    b.nobodyComes(b.pace().mostMs(1) + StopCases.LONGER_MS);
  }

  private static void nobodyAtTheStart(ClientBench b) throws Exception {
    b.visit();
    b.client().leave();
    b.door().shut();
    UnderTest late = b.start();
    late.state("reconnecting", b.patienceMs());
    b.door().reopen();
    Visit visit = b.visitWithin(b.pace().firstMs(4) + b.patienceMs()).greet();
    visit.says("late-but-there");
    late.expect("the delivery", t -> t.shows("late-but-there"), b.patienceMs());
  }

  private static void nobodyForAWhile(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    b.door().shut();
    first.reset();
    b.client().rest(b.pace().firstMs(2));
    b.door().reopen();
    b.isShown(b.visitWithin(b.pace().mostMs(4) + b.patienceMs()).greet(), "after-it");
  }

  /** The server says that it restarts, and is away for longer than the first attempts. */
  private static void restarts(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    b.door().shut();
    first.close(1012, "restart");
    b.client().state("reconnecting", b.patienceMs());
    b.client().rest(b.pace().firstMs(2));
    b.door().reopen();
    b.isShown(b.visitWithin(b.pace().mostMs(4) + b.patienceMs()).greet(), "after-it");
  }

  private static void fiveFail(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    first.reset();
    List<Failing> ways = new ArrayList<>();
    ways.add(Visitor::reset);
    ways.add(v -> v.refuse(500, "", ""));
    ways.add(Visitor::acceptWrongly);
    ways.add(v -> end(v, "rubbish"));
    ways.add(Visitor::reset);
    for (int i = 0; i < ways.size(); i++) {
      ways.get(i).of(b.visit(i + 1).visitor());
    }
    b.isShown(b.visit(6).greet(), "after-it");
  }

  private static void openedAndCut(ClientBench b) throws Finds, Exception {
    for (int i = 1; i <= 3; i++) {
      b.visit(i).accept().reset();
    }
    b.isShown(b.visit(4).greet(), "at-last");
  }
}
