package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;
import static dev.holdfast.scenarios.conformance.client.ClientBench.requireCame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.conformance.wire.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Section heartbeat: pings, pongs, and links that died without a word. */
final class HeartbeatCases {
  private static final long BUSY_MS = 1_500;
  private static final int SPREAD_ROUNDS = 10;

  /** A client that never pings is another clause's matter. */
  private static final Situation<ClientBench, Visit> PINGED =
      new Situation<>("the client sent a ping that no pong answers", HeartbeatCases::pinged);

  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of("heartbeat/client-answers-pings", "Frames of type ping are not handled.")
              .given(Scenes.HEARING)
              .then(HeartbeatCases::answers),
          ClientCase.of(
                  "heartbeat/pong-names-its-ping",
                  "The pong does not carry the ping's id in reply_to.")
              .given("a pong answered a ping", b -> pong(b, b.greeted()))
              .then((b, pong) -> {
                String named = pong.path("reply_to").asText();
                require(named.equals("are-you-there"), "reply_to are-you-there", pong);
              }),
          beating(
              ClientCase.of("heartbeat/client-pings", "No timer sends pings.")
                  .given(Scenes.CONNECTED)
                  .then(HeartbeatCases::pings),
              p -> 3 * p.intervalMs()),
          beating(
              ClientCase.of("heartbeat/ping-has-an-id", "Pings are all alike.")
                  .given("the client sent a ping", b -> nextPing(b, b.greeted()).json())
                  .then(
                      (b, ping) -> require(ping.path("id").isTextual(), "a ping with an id", ping)),
              Pace::intervalMs),
          ClientCase.of(
                  "heartbeat/server-interval-wins", "The interval of the greeting is not read.")
              .given(
                  "the client read a greeting with an interval of 300 ms",
                  b -> {
                    b.talk().intervalMs = 300;
                    return Scenes.hearing(b, "before-it");
                  })
              .then((b, visit) -> {
                String what = "a ping after the greeting's interval";
                visit.next(what, HeartbeatCases::isPing, 300 + b.patienceMs());
                visit.next("a second ping", HeartbeatCases::isPing, 300 + b.patienceMs());
              }),
          beating(
                  ClientCase.of(
                          "heartbeat/first-ping-is-spread",
                          "The first ping waits for a whole interval: after a restart all clients"
                              + " ping at once.")
                      .given(
                          "the first ping of up to ten connections came",
                          HeartbeatCases::firstPings)
                      .then(HeartbeatCases::spread),
                  p -> 3 * p.intervalMs())
              .wishing(Setting.HEARTBEAT_INTERVAL_MS, 1_000)
              .quick(20),
          beating(
                  ClientCase.of(
                          "heartbeat/dead-link-is-left",
                          "idle",
                          "Nothing watches for an answer to the pings.")
                      .given(Scenes.HEARING)
                      .then(HeartbeatCases::dies),
                  Pace::deadMs)
              .quick(100),
          beating(
                  ClientCase.of(
                          "heartbeat/dead-link-is-left",
                          "mid-run",
                          "Nothing watches for an answer to the pings while a run is in progress.")
                      .given("a run was in progress", HeartbeatCases::inMidRun)
                      .then(HeartbeatCases::dies),
                  Pace::deadMs)
              .quick(100),
          beating(
                  ClientCase.of(
                          "heartbeat/silence-closes-4000",
                          "The link is left with another code or none, or the client does not come back in time.")
                      .given(
                          "nothing answered a ping, and the client left the connection",
                          b -> pinged(b).closed(b.pace().deadMs() + b.patienceMs()))
                      .then((b, closed) -> {
                        require(closed.code() == 4000, "close 4000", "close " + closed.code());
                        b.visit();
                      }),
                  Pace::deadMs)
              .quick(100),
          beating(
                  ClientCase.of(
                          "heartbeat/any-frame-is-life",
                          "other-frames",
                          "Only a pong counts as an answer.")
                      .given(PINGED)
                      .then(HeartbeatCases::otherFrames),
                  HeartbeatCases::longEnough)
              .wishing(Setting.PONG_TIMEOUT_MS, 1_200),
          beating(
                  ClientCase.of(
                          "heartbeat/any-frame-is-life",
                          "late-pong",
                          "A pong counts only when it comes at once.")
                      .given(PINGED)
                      .then(HeartbeatCases::latePongs),
                  HeartbeatCases::longEnough)
              .wishing(Setting.PONG_TIMEOUT_MS, 1_200),
          beating(
                  ClientCase.of(
                          "heartbeat/timers-belong-to-the-connection",
                          "The timer of an older connection is not stopped.")
                      .given(
                          "a connection was lost while its ping was unanswered, and the next opened",
                          b -> {
                            pinged(b).reset();
                            return b.greeted();
                          })
                      .then((b, second) -> {
                        second.stays(longEnough(b.pace()));
                        b.isShown(second, "same-link");
                      }),
                  HeartbeatCases::longEnough)
              .wishing(Setting.PONG_TIMEOUT_MS, 1_200)
              .quick(50));

  private HeartbeatCases() {}

  private static boolean isPing(Event.Text text) {
    return text.type().equals("ping");
  }

  private static boolean isPong(Event.Text text) {
    return text.type().equals("pong");
  }

  /** A case with a quick heartbeat. */
  private static ClientCase beating(ClientCase one, ToLongFunction<Pace> waits) {
    return one.wishing(Setting.HEARTBEAT_INTERVAL_MS, 250)
        .wishing(Setting.PONG_TIMEOUT_MS, 800)
        .waiting(waits);
  }

  /** Within this a client that hears wrongly has left. */
  private static long longEnough(Pace pace) {
    return 2 * pace.intervalMs() + pace.pongMs() * 3 / 2;
  }

  private static JsonNode pong(ClientBench b, Visit visit) throws Finds, InterruptedException {
    visit.frame(Json.frame("ping").put("id", "are-you-there"));
    return visit.next("a pong", HeartbeatCases::isPong, b.patienceMs()).json();
  }

  private static void answers(ClientBench b, Visit visit) throws Exception {
    pong(b, visit);
    visit.frame(Json.frame("ping"));
    visit.next("a pong to a ping without an id", HeartbeatCases::isPong, b.patienceMs());
  }

  private static Event.Text nextPing(ClientBench b, Visit visit) throws Exception {
    return visit.next("a ping", HeartbeatCases::isPing, b.pace().intervalMs() + b.patienceMs());
  }

  private static Visit pinged(ClientBench b) throws Exception {
    Visit visit = b.greeted().deaf();
    nextPing(b, visit);
    return visit;
  }

  /** The next ping on a link that must live: that it ended is a mismatch, no ping is unclear. */
  private static Event.Text pingOnLiveLink(ClientBench b, Visit visit) throws Exception {
    try {
      return nextPing(b, visit);
    } catch (Mismatch e) {
      throw visit.end() == null ? new Unclear("the client sent no further ping") : e;
    }
  }

  private static void pings(ClientBench b, Visit visit) throws Exception {
    long best = Long.MAX_VALUE;
    long lastMs = nextPing(b, visit).atMs();
    for (int i = 0; i < 3; i++) {
      long atMs = nextPing(b, visit).atMs();
      best = Math.min(best, atMs - lastMs);
      lastMs = atMs;
    }
    long interval = b.pace().intervalMs();
    requireCame(
        best <= interval + BUSY_MS, "a ping every " + interval + " ms", "one in " + best + " ms");
  }

  /** How long after its greeting each connection's first ping came, until one came early. */
  private static List<Long> firstPings(ClientBench b) throws Exception {
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < SPREAD_ROUNDS; i++) {
      Visit visit = b.greeted();
      long greetedMs = b.log().nowMs();
      delays.add(nextPing(b, visit).atMs() - greetedMs);
      if (isEarly(b, delays.getLast())) {
        return delays;
      }
      b.isShown(visit, "round-" + i);
      visit.reset();
    }
    return delays;
  }

  private static boolean isEarly(ClientBench b, long delayMs) {
    return delayMs < b.pace().intervalMs() * 7 / 10;
  }

  private static void spread(ClientBench b, List<Long> delays) throws Exception {
    requireCame(
        isEarly(b, delays.getLast()),
        "a first ping somewhere in the interval of " + b.pace().intervalMs() + " ms",
        "none in its first 70 %: after " + delays + " ms");
  }

  /**
   * Goes silent without an end: the client must leave the link in time. When one that left comes
   * back is another clause.
   */
  private static void dies(ClientBench b, Visit visit) throws Exception {
    visit.visitor().freeze();
    long mostMs = b.pace().deadMs() + b.pace().mostMs(1) + Math.max(BUSY_MS, b.patienceMs());
    Visitor next = b.door().next(mostMs);
    if (next != null) {
      b.isShown(b.greet(next), "alive-again");
      return;
    }
    requireCame(
        visit.hasEnded(),
        "the link left, or another attempt, within " + mostMs + " ms",
        "neither; " + b.client().states());
  }

  private static Visit inMidRun(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    b.client().send("think hard");
    JsonNode message = visit.message();
    ObjectNode working = Json.frame("status", "status", "processing", "stage", "planning");
    ((ObjectNode) working.path("data")).put("message", "thinking");
    visit.ofRun(b.talk().newRun(), Visit.naming(message, working));
    return visit;
  }

  private static void otherFrames(ClientBench b, Visit visit) throws Exception {
    long until = b.log().nowMs() + longEnough(b.pace());
    while (b.log().nowMs() < until) {
      visit.frame(Json.frame("status", "status", "still_here"));
      pingOnLiveLink(b, visit);
    }
    b.isShown(visit, "same-link");
  }

  private static void latePongs(ClientBench b, Visit visit) throws Exception {
    long until = b.log().nowMs() + longEnough(b.pace());
    visit.frame(Json.frame("pong"));
    while (b.log().nowMs() < until) {
      Event.Text ping = pingOnLiveLink(b, visit);
      b.client().rest(b.pace().pongMs() / 4);
      visit.frame(Visit.naming(ping.json(), Json.frame("pong")));
    }
    b.isShown(visit, "same-link");
  }
}
