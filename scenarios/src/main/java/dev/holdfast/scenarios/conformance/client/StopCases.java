package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Section reconnect: when a client gives up, stays away, and starts over. */
final class StopCases {
  /** So much longer than a delay may be is waited for an attempt that must not come. */
  static final long LONGER_MS = 400;

  private static final long QUIET_MS = 2_000;
  private static final int MOST_ATTEMPTS = 10;

  private static final List<Integer> FINAL = List.of(1000, 1002, 1003, 1007, 1008, 1009, 1010);
  private static final List<Integer> FINAL_HERE = List.of(4200, 4201, 4202, 4203, 4204, 4205);

  private static final List<ClientCase> REFUSALS =
      IntStream.of(400, 401, 403)
          .mapToObj(status ->
              ClientCase.of(
                      "reconnect/final-refusals-stop",
                      Integer.toString(status),
                      "A refusal is tried again, or its status cannot be seen from a browser.",
                      b -> refused(b, status))
                  .quick(100))
          .toList();

  private static final List<ClientCase> FINAL_CODES =
      Stream.of(Manner.values())
          .flatMap(manner ->
              Stream.of(
                  finals("standard-codes", "Every close leads to another attempt.", FINAL, manner),
                  finals(
                      "42xx", "Codes of the application are not told apart.", FINAL_HERE, manner)))
          .toList();

  static final List<ClientCase> ALL =
      Stream.of(
              FINAL_CODES,
              List.of(
                  ClientCase.of(
                          "reconnect/final-closes-stop",
                          "own-leaving",
                          "The close event of a wanted close schedules an attempt.",
                          StopCases::leaves)
                      .quick(100),
                  ClientCase.of(
                          "reconnect/final-closes-stop",
                          "leaving-while-waiting",
                          "The timer of the next attempt is not stopped.",
                          StopCases::leavesWhileWaiting)
                      .quick(400),
                  ClientCase.of(
                          "reconnect/final-closes-stop",
                          "leaving-while-connecting",
                          "A handshake under way goes on after the person left.",
                          StopCases::leavesWhileConnecting)
                      .quick(100),
                  ClientCase.of(
                          "reconnect/last-failure-disconnects",
                          "The end of all attempts is not reported.",
                          b -> givesUp(b, b.pace().attempts()))
                      .quick(30)
                      .wishing(Setting.RECONNECT_MAX_ATTEMPTS, 3)
                      .waiting(p -> p.firstMs(p.attempts())),
                  ClientCase.of(
                          "reconnect/up-to-ten-attempts",
                          "Attempts are not counted.",
                          StopCases::upToTen)
                      .quick(20)
                      .wishing(Setting.RECONNECT_CAP_MS, 40)
                      .waiting(p -> p.firstMs(10)),
                  ClientCase.of(
                          "reconnect/manual-retry-always-works",
                          "after-a-final-close",
                          "A client that gave up cannot be woken.",
                          StopCases::retryAfterFinal)
                      .quick(100),
                  ClientCase.of(
                          "reconnect/manual-retry-always-works",
                          "after-giving-up",
                          "A client that gave up cannot be woken.",
                          StopCases::retryAfterGivingUp)
                      .quick(30)
                      .wishing(Setting.RECONNECT_MAX_ATTEMPTS, 2)
                      .waiting(p -> p.firstMs(p.attempts())),
                  ClientCase.of(
                          "reconnect/manual-retry-always-works",
                          "after-a-refusal",
                          "A client that gave up cannot be woken.",
                          StopCases::retryAfterRefusal)
                      .quick(100),
                  ClientCase.of(
                          "reconnect/manual-retry-always-works",
                          "after-a-storm",
                          "Connecting and leaving in quick succession leaves the client confused.",
                          StopCases::storm)
                      .quick(100),
                  ClientCase.of(
                          "reconnect/manual-retry-starts-over",
                          "A retry goes on with the old count.",
                          StopCases::retryStartsOver)
                      .quick(30)
                      .wishing(Setting.RECONNECT_MAX_ATTEMPTS, 3)
                      .waiting(p -> 2 * p.firstMs(p.attempts()))),
              REFUSALS)
          .flatMap(List::stream)
          .toList();

  private StopCases() {}

  private static ClientCase finals(String word, String cause, List<Integer> codes, Manner manner) {
    return ClientCase.of(
            "reconnect/final-closes-stop",
            word + manner.suffix(),
            cause,
            b -> stops(b, codes, manner))
        .quick(100)
        .waiting(p -> codes.size() * p.mostMs(1));
  }

  /** Every code is tried, so that the first that is wrong hides no other. */
  private static void stops(ClientBench b, List<Integer> codes, Manner manner) throws Exception {
    List<Integer> wrong = new ArrayList<>();
    for (int code : codes) {
      Visit visit = b.greeted();
      b.isShown(visit, "before-" + code);
      b.client().forgetStates();
      int before = b.door().visits();
      manner.close(visit, code);
      b.client().rest(b.pace().mostMs(1) + LONGER_MS);
      if (b.door().visits() > before) {
        wrong.add(code);
      } else {
        b.client().state("disconnected", b.patienceMs());
        b.client().retry();
      }
    }
    b.isShown(b.greeted(), "after-all");
    require(
        wrong.isEmpty(),
        "no attempt after any close of " + codes,
        "one that came by itself after " + wrong);
  }

  private static void leaves(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    b.client().state("connected", b.patienceMs());
    b.client().disconnect();
    visit.closed(b.patienceMs());
    b.client().state("disconnected", b.patienceMs());
    b.nobodyComes(b.pace().mostMs(1) + LONGER_MS);
  }

  private static void leavesWhileWaiting(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    b.client().state("connected", b.patienceMs());
    visit.reset();
    b.client().state("reconnecting", b.patienceMs());
    b.client().disconnect();
    // An attempt may have begun before the command came.
    b.client().rest(50);
    int before = b.door().visits();
    b.client().rest(b.pace().mostMs(2) + LONGER_MS);
    require(b.door().visits() == before, "no attempt after leaving", "one that came by itself");
  }

  private static void leavesWhileConnecting(ClientBench b) throws Exception {
    Visit held = b.visit();
    b.client().disconnect();
    try {
      held.greet();
    } catch (dev.holdfast.scenarios.conformance.Finds e) {
      // It may have abandoned the handshake already, which is as good.
    }
    b.client().rest(b.pace().mostMs(1) + LONGER_MS);
    require(b.door().visits() == 1, "no attempt after leaving", "one that came by itself");
    require(
        b.client().told().stream().noneMatch(t -> t.isState("connected")),
        "never the state connected",
        b.client().states());
  }

  /** Fails all attempts; exactly so many may come, and then the client says that it gave up. */
  private static void givesUp(ClientBench b, int attempts) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    first.reset();
    failAll(b, attempts);
  }

  private static void failAll(ClientBench b, int attempts) throws Exception {
    b.client().forgetStates();
    for (int i = 1; i <= attempts; i++) {
      b.visit(i).reset();
    }
    b.client().state("disconnected", b.patienceMs());
    b.nobodyComes(b.pace().mostMs(attempts + 1) + LONGER_MS);
  }

  /** Fails every attempt; how many come is the client's affair, up to ten. */
  private static void upToTen(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    first.reset();
    for (int i = 1; i <= MOST_ATTEMPTS; i++) {
      Visitor visitor = b.door().next(b.pace().mostMs(i) + QUIET_MS);
      if (visitor == null) {
        return;
      }
      visitor.reset();
    }
    b.nobodyComes(b.pace().mostMs(MOST_ATTEMPTS + 1) + LONGER_MS);
  }

  private static void retryAfterFinal(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    b.isShown(visit, "before-it");
    visit.close(1008, "policy");
    wakes(b, 1);
  }

  private static void retryAfterRefusal(ClientBench b) throws Exception {
    b.visit().visitor().refuse(403, "", "{\"code\":\"forbidden\"}");
    wakes(b, 1);
  }

  private static void retryAfterGivingUp(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    first.reset();
    for (int i = 1; i <= b.pace().attempts(); i++) {
      b.visit(i).reset();
    }
    wakes(b, b.pace().attempts() + 1);
  }

  /**
   * Where the client gave up, a retry must bring it back; whether it had to is another clause.
   *
   * @param nth the attempt that it makes where it does not give up
   */
  private static void wakes(ClientBench b, int nth) throws Exception {
    try {
      b.client().state("disconnected", b.pace().mostMs(nth) + b.patienceMs());
    } catch (Mismatch e) {
      if (b.door().next(0) == null) {
        throw e;
      }
      throw new Unsupported("the client does not give up here");
    }
    b.client().retry();
    b.isShown(b.greeted(), "woken");
  }

  private static void storm(ClientBench b) throws Exception {
    b.greeted();
    b.client().state("connected", b.patienceMs());
    for (int i = 0; i < 10; i++) {
      b.client().disconnect();
      b.client().connect();
    }
    b.client().disconnect();
    b.client().rest(b.pace().mostMs(1) + LONGER_MS);
    while (b.door().next(0) != null) {
      // Attempts that the storm left behind; they are given up.
    }
    b.client().retry();
    b.isShown(b.greeted(), "calm-again");
    b.client().rest(100);
    require(b.client().shown("calm-again") == 1, "one delivery", b.client().shown("calm-again"));
  }

  private static void retryStartsOver(ClientBench b) throws Exception {
    givesUp(b, b.pace().attempts());
    b.client().retry();
    b.visitWithin(b.patienceMs()).reset();
    failAll(b, b.pace().attempts());
  }

  private static void refused(ClientBench b, int status) throws Exception {
    b.visit().visitor().refuse(status, "", "{\"error\":\"no\",\"code\":\"no\"}");
    b.client().state("disconnected", b.patienceMs());
    b.nobodyComes(b.pace().mostMs(1) + LONGER_MS);
  }
}
