package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;
import java.util.function.ToLongFunction;

/** Section heartbeat: pings, pongs, and links that died without a word. */
final class HeartbeatCases {
  private static final long BUSY_MS = 1_500;
  private static final int SPREAD_ROUNDS = 10;

  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
              "heartbeat/client-answers-pings",
              "Frames of type ping are not handled.",
              HeartbeatCases::answers),
          ClientCase.of(
              "heartbeat/pong-names-its-ping",
              "The pong does not carry the ping's id in reply_to.",
              b -> {
                JsonNode pong = pong(b.greeted());
                require(pong.path("reply_to").asText().equals("are-you-there"), "reply_to", pong);
              }),
          beating(
              "heartbeat/client-pings",
              "No timer sends pings.",
              p -> 3 * p.intervalMs(),
              HeartbeatCases::pings),
          beating(
              "heartbeat/ping-has-an-id",
              "Pings are all alike.",
              p -> p.intervalMs(),
              b -> {
                JsonNode ping = nextPing(b, b.greeted()).json();
                require(ping.path("id").isTextual(), "a ping with an id", ping);
              }),
          ClientCase.of(
              "heartbeat/server-interval-wins",
              "The interval of the greeting is not read.",
              b -> {
                b.talk().intervalMs = 300;
                Visit visit = b.greeted();
                visit.next(
                    "a ping after the greeting's interval",
                    HeartbeatCases::isPing,
                    300 + b.patienceMs());
                visit.next("a second ping", HeartbeatCases::isPing, 300 + b.patienceMs());
              }),
          beating(
                  "heartbeat/first-ping-is-spread",
                  "The first ping waits for a whole interval: after a restart all clients ping at"
                      + " once.",
                  p -> 3 * p.intervalMs(),
                  HeartbeatCases::spread)
              .wishing(Setting.HEARTBEAT_INTERVAL_MS, 1_000)
              .quick(20),
          beating(
                  "heartbeat/dead-link-is-left/idle",
                  "Nothing watches for an answer to the pings.",
                  Pace::deadMs,
                  b -> dies(b, b.greeted()))
              .quick(100),
          beating(
                  "heartbeat/dead-link-is-left/mid-run",
                  "A run in progress stops the watch.",
                  Pace::deadMs,
                  HeartbeatCases::diesInMidRun)
              .quick(100),
          beating(
                  "heartbeat/silence-closes-4000",
                  "The link is left with another code, or none.",
                  Pace::deadMs,
                  b -> {
                    Event.Closed closed =
                        b.greeted().deaf().closed(b.pace().deadMs() + b.patienceMs());
                    require(closed.code() == 4000, "close 4000", "close " + closed.code());
                  })
              .quick(100),
          beating(
                  "heartbeat/any-frame-is-life/other-frames",
                  "Only a pong counts as an answer.",
                  HeartbeatCases::longEnough,
                  HeartbeatCases::otherFrames)
              .wishing(Setting.PONG_TIMEOUT_MS, 1_200),
          beating(
                  "heartbeat/any-frame-is-life/late-pong",
                  "A pong counts only when it comes at once.",
                  HeartbeatCases::longEnough,
                  HeartbeatCases::latePongs)
              .wishing(Setting.PONG_TIMEOUT_MS, 1_200),
          beating(
                  "heartbeat/timers-belong-to-the-connection",
                  "The timer of an older connection is not stopped.",
                  HeartbeatCases::longEnough,
                  HeartbeatCases::oldTimers)
              .wishing(Setting.PONG_TIMEOUT_MS, 1_200)
              .quick(50));

  private HeartbeatCases() {}

  private static boolean isPing(Event.Text text) {
    return text.type().equals("ping");
  }

  private static boolean isPong(Event.Text text) {
    return text.type().equals("pong");
  }

  /** A case with a quick heartbeat; the address is its clause and perhaps a word. */
  private static ClientCase beating(
      String address, String cause, ToLongFunction<Pace> waits, ClientCase.Script script) {
    String[] words = address.split("/", 3);
    String clause = words[0] + "/" + words[1];
    ClientCase one =
        words.length == 2
            ? ClientCase.of(clause, cause, script)
            : ClientCase.of(clause, words[2], cause, script);
    return one.wishing(Setting.HEARTBEAT_INTERVAL_MS, 250)
        .wishing(Setting.PONG_TIMEOUT_MS, 800)
        .waiting(waits);
  }

  /** Within this a client that hears wrongly has left. */
  private static long longEnough(Pace pace) {
    return 2 * pace.intervalMs() + pace.pongMs() * 3 / 2;
  }

  private static JsonNode pong(Visit visit) throws Finds, InterruptedException {
    visit.frame(Json.frame("ping").put("id", "are-you-there"));
    return visit.next("a pong", HeartbeatCases::isPong, ClientCheck.PATIENCE_MS).json();
  }

  private static void answers(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    pong(visit);
    visit.frame(Json.frame("ping"));
    visit.next("a pong to a ping without an id", HeartbeatCases::isPong, b.patienceMs());
  }

  private static Event.Text nextPing(ClientBench b, Visit visit) throws Exception {
    return visit.next("a ping", HeartbeatCases::isPing, b.pace().intervalMs() + b.patienceMs());
  }

  private static void pings(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    long best = Long.MAX_VALUE;
    long lastMs = nextPing(b, visit).atMs();
    for (int i = 0; i < 3; i++) {
      long atMs = nextPing(b, visit).atMs();
      best = Math.min(best, atMs - lastMs);
      lastMs = atMs;
    }
    long interval = b.pace().intervalMs();
    require(
        best <= interval + BUSY_MS, "a ping every " + interval + " ms", "every " + best + " ms");
  }

  private static void spread(ClientBench b) throws Exception {
    for (int i = 0; i < SPREAD_ROUNDS; i++) {
      Visit visit = b.greeted();
      long greetedMs = b.log().nowMs();
      if (nextPing(b, visit).atMs() - greetedMs < b.pace().intervalMs() * 7 / 10) {
        return;
      }
      b.isShown(visit, "round-" + i);
      visit.reset();
    }
    throw ClientBench.mismatch(
        "a first ping somewhere in the interval",
        "none in its first 70 %, " + SPREAD_ROUNDS + " times");
  }

  /** Goes silent without an end: the client must be back in time on another connection. */
  private static void dies(ClientBench b, Visit visit) throws Exception {
    visit.visitor().freeze();
    long mostMs = b.pace().deadMs() + b.pace().mostMs(1) + BUSY_MS;
    b.isShown(b.visitWithin(mostMs).greet(), "alive-again");
  }

  private static void diesInMidRun(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    b.client().send("think hard");
    visit.message();
    ObjectNode working = Json.frame("status", "status", "processing", "stage", "planning");
    ((ObjectNode) working.path("data")).put("message", "thinking");
    visit.ofRun(b.talk().newRun(), working);
    dies(b, visit);
  }

  private static void otherFrames(ClientBench b) throws Exception {
    Visit visit = b.greeted().deaf();
    long until = b.log().nowMs() + longEnough(b.pace());
    while (b.log().nowMs() < until) {
      nextPing(b, visit);
      visit.frame(Json.frame("status", "status", "still_here"));
    }
    b.isShown(visit, "same-link");
  }

  private static void latePongs(ClientBench b) throws Exception {
    Visit visit = b.greeted().deaf();
    long until = b.log().nowMs() + longEnough(b.pace());
    while (b.log().nowMs() < until) {
      Event.Text ping = nextPing(b, visit);
      b.client().rest(b.pace().pongMs() / 4);
      visit.frame(Json.frame("pong").put("reply_to", ping.json().path("id").asText(null)));
    }
    b.isShown(visit, "same-link");
  }

  private static void oldTimers(ClientBench b) throws Exception {
    Visit first = b.greeted().deaf();
    nextPing(b, first);
    first.reset();
    Visit second = b.greeted();
    second.stays(longEnough(b.pace()));
    b.isShown(second, "same-link");
  }
}
