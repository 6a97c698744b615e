package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
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
  private static final String WOKEN = "woken";
  private static final String GOES_ON = "the client does not give up here";

  private static final List<Integer> FINAL = List.of(1000, 1002, 1003, 1007, 1008, 1009, 1010);
  private static final List<Integer> FINAL_HERE = List.of(4200, 4201, 4202, 4203, 4204, 4205);

  private static final List<ClientCase> REFUSALS =
      IntStream.of(400, 401, 403)
          .mapToObj(status ->
              ClientCase.of(
                      "reconnect/final-refusals-stop",
                      Integer.toString(status),
                      "A refusal is tried again, or its status cannot be seen from a browser.")
                  .given(
                      "a handshake was refused with " + status,
                      b -> {
                        b.visit()
                            .visitor()
                            .refuse(status, "", "{\"error\":\"no\",\"code\":\"no\"}");
                        return b;
                      })
                  .then((b, refused) -> b.nobodyComes(b.pace().mostMs(1) + LONGER_MS))
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
                          "The close event of a wanted close schedules an attempt.")
                      .given(
                          "the client was connected, and was told to disconnect",
                          b -> {
                            Visit visit = Scenes.hearing(b, "before-it");
                            b.client().disconnect();
                            return visit;
                          })
                      .then((b, visit) -> {
                        b.nobodyComes(b.pace().mostMs(1) + LONGER_MS);
                        left(b, visit);
                      })
                      .quick(100),
                  ClientCase.of(
                          "reconnect/final-closes-stop",
                          "leaving-while-waiting",
                          "The timer of the next attempt is not stopped.")
                      .given(
                          "the client said that it waits to reconnect, and was told to disconnect",
                          StopCases::leavesWhileWaiting)
                      .then((b, before) -> {
                        b.client().rest(b.pace().mostMs(2) + LONGER_MS);
                        staysAway(b, before);
                      })
                      .quick(400),
                  ClientCase.of(
                          "reconnect/final-closes-stop",
                          "leaving-while-connecting",
                          "A handshake in progress goes on after the user left.")
                      .given(
                          "the client was told to disconnect while its handshake was unanswered",
                          b -> {
                            Visit held = b.visit();
                            b.client().disconnect();
                            return held;
                          })
                      .then(StopCases::leftWhileConnecting)
                      .quick(100),
                  ClientCase.of(
                          "reconnect/last-failure-disconnects",
                          "The end of all attempts is not reported.")
                      .given("every attempt after a loss failed", StopCases::allFail)
                      .then((b, failed) -> {
                        b.client().state("disconnected", b.patienceMs());
                        b.nobodyComes(b.pace().mostMs(b.pace().attempts() + 1) + LONGER_MS);
                      })
                      .quick(30)
                      .wishing(Setting.RECONNECT_MAX_ATTEMPTS, 3)
                      .waiting(p -> p.firstMs(p.attempts())),
                  ClientCase.of(
                          "reconnect/up-to-ten-attempts",
                          "Attempts are not counted, or a library dials once more by itself.")
                      .given(
                          "a connection was lost, and the first attempt failed",
                          b -> {
                            Scenes.hearing(b, "before-it").reset();
                            b.visit(1).reset();
                            return b;
                          })
                      .then((b, failed) -> upToTen(b))
                      .quick(20)
                      .wishing(Setting.RECONNECT_CAP_MS, 40)
                      .waiting(p -> p.firstMs(10)),
                  ClientCase.of(
                          "reconnect/manual-retry-always-works",
                          "after-a-final-close",
                          "A client that gave up cannot be woken.")
                      .given(
                          "a final close came, and the client stayed away",
                          b -> {
                            Scenes.hearing(b, "before-it").close(1008, "policy");
                            return givenUp(b, 1);
                          })
                      .then(StopCases::wakes)
                      .quick(100),
                  ClientCase.of(
                          "reconnect/manual-retry-always-works",
                          "after-giving-up",
                          "A client that gave up cannot be woken.")
                      .given(
                          "every attempt after a loss failed, and the client stayed away",
                          b -> {
                            allFail(b);
                            return givenUp(b, b.pace().attempts() + 1);
                          })
                      .then(StopCases::wakes)
                      .quick(30)
                      .wishing(Setting.RECONNECT_MAX_ATTEMPTS, 2)
                      .waiting(p -> p.firstMs(p.attempts())),
                  ClientCase.of(
                          "reconnect/manual-retry-always-works",
                          "after-a-refusal",
                          "A client that gave up cannot be woken.")
                      .given(
                          "a handshake was refused with 403, and the client stayed away",
                          b -> {
                            b.visit().visitor().refuse(403, "", "{\"code\":\"forbidden\"}");
                            return givenUp(b, 1);
                          })
                      .then(StopCases::wakes)
                      .quick(100),
                  ClientCase.of(
                          "reconnect/manual-retry-always-works",
                          "after-a-storm",
                          "Connecting and leaving in quick succession leaves the client confused.")
                      .given(
                          "the client was told to disconnect and connect ten times in a row, and to"
                              + " disconnect",
                          StopCases::storm)
                      .then((b, calm) -> {
                        wakes(b, calm);
                        b.client().rest(100);
                        long times = b.client().shown(WOKEN);
                        require(times == 1, "one delivery", times + " deliveries");
                      })
                      .quick(100),
                  ClientCase.of(
                          "reconnect/manual-retry-starts-over",
                          "A retry goes on with the old count.")
                      .given(
                          "every attempt after a loss failed, and so did the one of a manual retry",
                          b -> {
                            allFail(b);
                            givenUp(b, b.pace().attempts() + 1);
                            b.client().retry();
                            b.visit().reset();
                            return b;
                          })
                      .then((b, retried) -> {
                        // The retry itself may count as the first of them.
                        for (int i = 1; i < b.pace().attempts(); i++) {
                          b.visit(i + 1).reset();
                        }
                      })
                      .quick(30)
                      .wishing(Setting.RECONNECT_MAX_ATTEMPTS, 3)
                      .waiting(p -> 2 * p.firstMs(p.attempts()))),
              REFUSALS)
          .flatMap(List::stream)
          .toList();

  private StopCases() {}

  private static ClientCase finals(String word, String cause, List<Integer> codes, Manner manner) {
    return ClientCase.of("reconnect/final-closes-stop", word + manner.suffix(), cause)
        .given(
            "the server closed one working connection with each of " + codes,
            b -> comesBackAfter(b, codes, manner))
        .then((b, wrong) ->
            require(
                wrong.isEmpty(),
                "no attempt after any close of " + codes,
                "one that came by itself after " + wrong))
        .quick(100)
        .waiting(p -> codes.size() * p.mostMs(1));
  }

  /** Every code is tried, so that the first that is wrong hides no other; gives those. */
  private static List<Integer> comesBackAfter(ClientBench b, List<Integer> codes, Manner manner)
      throws Exception {
    List<Integer> wrong = new ArrayList<>();
    for (int code : codes) {
      Visit visit = Scenes.hearing(b, "before-" + code);
      int before = b.door().visits();
      b.client().forgetStates();
      manner.close(visit, code);
      b.client().rest(b.pace().mostMs(1) + LONGER_MS);
      if (b.door().visits() == before) {
        // A retry that comes before the client knows of the close changes nothing.
        b.client().awaitReport("disconnected", b.patienceMs());
      }
      if (b.door().visits() > before) {
        wrong.add(code);
      } else {
        b.client().retry();
      }
    }
    Scenes.hearing(b, "after-all");
    return wrong;
  }

  /** Without having left, that no attempt came says nothing. */
  private static void left(ClientBench b, Visit visit) throws Exception {
    try {
      visit.closed(b.patienceMs());
    } catch (Mismatch e) {
      throw new Unclear("the client was told to disconnect and left its connection open");
    }
  }

  private static int leavesWhileWaiting(ClientBench b) throws Exception {
    Scenes.hearing(b, "before-it").reset();
    b.client().state("reconnecting", b.patienceMs());
    b.client().disconnect();
    // An attempt may have begun before the command came.
    b.client().rest(50);
    return b.door().visits();
  }

  private static void staysAway(ClientBench b, int visits) throws Exception {
    require(b.door().visits() == visits, "no attempt after leaving", "one that came by itself");
  }

  private static void leftWhileConnecting(ClientBench b, Visit held) throws Exception {
    try {
      held.greet();
    } catch (Finds e) {
      // It may have abandoned the handshake already, which is as good.
    }
    b.client().rest(b.pace().mostMs(1) + LONGER_MS);
    staysAway(b, 1);
    require(
        b.client().told().stream().noneMatch(t -> t.isState("connected")),
        "never the state connected",
        b.client().states());
  }

  /** Fails as many attempts as the client makes. */
  private static ClientBench allFail(ClientBench b) throws Exception {
    Visit first = Scenes.hearing(b, "before-it");
    b.client().state("connected", b.patienceMs());
    first.reset();
    for (int i = 1; i <= b.pace().attempts(); i++) {
      b.visit(i).reset();
    }
    return b;
  }

  /** Fails every attempt; how many come is the client's affair, up to ten. */
  private static void upToTen(ClientBench b) throws Exception {
    for (int i = 2; i <= MOST_ATTEMPTS; i++) {
      Visitor visitor = b.door().next(b.pace().mostMs(i) + QUIET_MS);
      if (visitor == null) {
        return;
      }
      visitor.reset();
    }
    b.nobodyComes(b.pace().mostMs(MOST_ATTEMPTS + 1) + LONGER_MS);
  }

  /**
   * Waits for longer than an attempt may take; whether the client had to give up is another clause.
   *
   * @param nth the attempt that it makes where it does not give up
   */
  private static ClientBench givenUp(ClientBench b, int nth) throws Exception {
    if (b.door().next(b.pace().mostMs(nth) + LONGER_MS) != null) {
      throw new Unsupported(GOES_ON);
    }
    // A retry that comes before the client knows of the loss changes nothing.
    b.client().awaitReport("disconnected", b.patienceMs());
    if (b.door().next(0) != null) {
      throw new Unsupported(GOES_ON);
    }
    return b;
  }

  private static void wakes(ClientBench b, ClientBench givenUp) throws Exception {
    b.client().retry();
    b.isShown(b.greeted(), WOKEN);
  }

  private static ClientBench storm(ClientBench b) throws Exception {
    Scenes.connected(b);
    for (int i = 0; i < 10; i++) {
      b.client().disconnect();
      b.client().connect();
    }
    b.client().disconnect();
    b.client().rest(b.pace().mostMs(1) + LONGER_MS);
    while (b.door().next(0) != null) {
      // Attempts that the storm left behind; they are given up.
    }
    return b;
  }
}
