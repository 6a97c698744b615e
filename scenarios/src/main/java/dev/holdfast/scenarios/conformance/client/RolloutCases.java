package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;
import static dev.holdfast.scenarios.conformance.client.ClientBench.requireCame;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.wire.Doorway.HttpAsk;
import dev.holdfast.scenarios.conformance.wire.Doorway.HttpSay;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Section rollout: drained, and sent to HTTP without losing a message. */
final class RolloutCases {
  static final List<ClientCase> ALL =
      List.of(
          http(
              ClientCase.of(
                      "reconnect/transport-is-asked-first",
                      "The next attempt is made without asking.")
                  .given(
                      "close 4001 came, then an attempt that failed, and each led to another",
                      RolloutCases::askedBefore)
                  .then((b, asked) -> {
                    require(
                        asked.get(0) > 0, "/api/transport to be asked after 4001", "no request");
                    require(
                        asked.get(1) > asked.get(0),
                        "/api/transport to be asked after a failed handshake",
                        "no request");
                  })),
          ClientCase.of(
                  "rollout/core-drain-keeps-the-message",
                  "A message that a draining server refused is given up.")
              .given(
                  "a message was refused with draining, and the next connection opened",
                  b -> {
                    Visit first = b.greeted();
                    b.client().send("keep me");
                    JsonNode message = first.message();
                    requireId(message);
                    first.frame(
                        Visit.naming(
                            message,
                            Json.frame(
                                "error",
                                "error",
                                "draining",
                                "code",
                                "draining",
                                "retryable",
                                true)));
                    first.close(4001, "drain");
                    return b.greeted();
                  })
              .then((b, second) -> {
                JsonNode again = second.message();
                String content = again.path("data").path("content").asText();
                require(content.equals("keep me"), "the message again", again);
              })
              .quick(50),
          http(
              ClientCase.of(
                      "rollout/client-keeps-until-ended",
                      "A message is forgotten once it was written.")
                  .given(drained(1, 0))
                  .then((b, site) -> site.arrived(b, List.of("m1")))),
          http(
              ClientCase.of(
                      "rollout/http-gets-the-kept-first",
                      "What waits in the queue goes before what was written already.")
                  .given(drained(2, 3))
                  .then((b, site) -> site.arrived(b, List.of("m1", "m2", "m3", "m4", "m5")))),
          http(
              ClientCase.of("rollout/http-one-at-a-time", "POSTs overtake each other.")
                  .given(drained(2, 4))
                  .then((b, site) -> {
                    site.arrived(b, List.of("m1", "m2", "m3", "m4", "m5", "m6"));
                    int most = site.most.get();
                    require(most == 1, "one POST at a time", most + " at once");
                  })),
          http(
              ClientCase.of(
                      "rollout/http-keeps-ids",
                      "A message gets another id over HTTP, so that it is worked on twice.")
                  .given(drained(2, 0))
                  .then(RolloutCases::sameIds)),
          http(
              ClientCase.of(
                      "rollout/http-new-ones-queue-behind",
                      "Something said while others wait is POSTed at once.")
                  .given(drained(2, 2))
                  .then((b, site) -> {
                    b.client().send("late");
                    site.arrived(b, List.of("m1", "m2", "m3", "m4", "late"));
                  })),
          http(
              ClientCase.of(
                      "rollout/kill-switch-loses-nothing",
                      "A message falls between the two transports, or goes by both.")
                  .given(
                      "two messages were answered, one was written and three waited when the"
                          + " server drained",
                      RolloutCases::halfAnswered)
                  .then((b, site) -> site.arrived(b, List.of("m3", "m4", "m5", "m6")))),
          http(
              ClientCase.of(
                      "rollout/given-position-stays",
                      "Back on the WebSocket, positions are given anew.")
                  .given(
                      "a message with a position went by HTTP, and the WebSocket came back",
                      RolloutCases::positions)
                  .then((b, positions) ->
                      require(
                          positions.getFirst().path("seq").equals(positions.getLast().path("seq")),
                          "seq " + positions.getFirst().path("seq") + " again",
                          positions.getLast()))));

  private RolloutCases() {}

  private static ClientCase http(ClientCase one) {
    return one.needing(ClientCase.HTTP_FALLBACK).quick(50);
  }

  private static Situation<ClientBench, Site> drained(int written, int queued) {
    return new Situation<>(
        written
            + " messages were written and "
            + queued
            + " waited when the server drained and named HTTP",
        b -> afterDrain(b, written, queued));
  }

  /** The server's HTTP side: which transport it names, and what was posted. */
  private static final class Site {
    final List<JsonNode> posts = new CopyOnWriteArrayList<>();
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    volatile String transport = "http";

    HttpSay answer(HttpAsk ask) {
      if (ask.path().startsWith("/api/transport")) {
        asked.incrementAndGet();
        return new HttpSay(200, "{\"transport\":\"" + transport + "\",\"subprotocols\":[]}");
      }
      JsonNode body = Json.readOrNull(ask.body());
      return ask.path().startsWith("/api/chat") && body != null
          ? chat(body)
          : new HttpSay(404, "{}");
    }

    private HttpSay chat(JsonNode body) {
      most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      try {
        Thread.sleep(40);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      posts.add(body);
      underWay.decrementAndGet();
      String said = body.path("message").asText();
      return new HttpSay(
          200,
          Json.object()
              .put("response", "answer to " + said)
              .put("session_id", body.path("session_id").asText())
              .put("run_id", "http-" + posts.size())
              .set("artifacts", Json.object().arrayNode())
              .toString());
    }

    private List<String> said() {
      return posts.stream().map(p -> p.path("message").asText()).toList();
    }

    /** A wrong order or a duplicate is wrong at once; what is missing may be late. */
    void arrived(ClientBench b, List<String> wanted) throws Exception {
      long until = b.log().nowMs() + b.patienceMs();
      while (posts.size() < wanted.size() && b.log().nowMs() < until) {
        b.client().rest(20);
      }
      b.client().rest(150);
      List<String> said = said();
      boolean begun = said.size() < wanted.size() && said.equals(wanted.subList(0, said.size()));
      requireCame(!begun, "POSTs of " + wanted, said);
      require(said.equals(wanted), "POSTs of " + wanted, said);
    }
  }

  /** How often the transport was asked for before the next attempt, and before the one after. */
  private static List<Integer> askedBefore(ClientBench b) throws Exception {
    Site site = new Site();
    site.transport = "websocket";
    b.site(site::answer);
    Scenes.hearing(b, "before-it").close(4001, "drain");
    Visit second = b.visit();
    int before = site.asked.get();
    second.visitor().refuse(503, "", "{}");
    b.visit(2);
    return List.of(before, site.asked.get());
  }

  /** A message without an id has none to keep, and a refusal cannot name it. */
  private static void requireId(JsonNode message) throws Unsupported {
    if (!message.hasNonNull("id")) {
      throw new Unsupported("the client's messages carry no id");
    }
  }

  private static void sameIds(ClientBench b, Site site) throws Exception {
    site.arrived(b, List.of("m1", "m2"));
    List<String> said =
        b.texts().stream()
            .filter(t -> t.type().equals("message"))
            .map(t -> t.json().path("id").asText())
            .toList();
    for (Event.Text text : b.texts()) {
      if (text.type().equals("message")) {
        requireId(text.json());
      }
    }
    List<String> posted = site.posts.stream().map(p -> p.path("id").asText()).toList();
    require(posted.equals(said), "the ids " + said, posted);
  }

  /** So many written and unanswered, then a drain; so many more said while away; HTTP is next. */
  private static Site afterDrain(ClientBench b, int written, int queued) throws Exception {
    Site site = new Site();
    b.site(site::answer);
    Visit first = Scenes.connected(b);
    QueueCases.say(b, 1, written);
    first.messages(written);
    drain(b, first, written + 1, written + queued);
    return site;
  }

  private static Site halfAnswered(ClientBench b) throws Exception {
    Site site = new Site();
    b.site(site::answer);
    Visit first = Scenes.connected(b);
    QueueCases.say(b, 1, 3);
    for (int i = 1; i <= 3; i++) {
      JsonNode message = first.message();
      if (i < 3) {
        first.answers(message, "answered-m" + i);
      }
    }
    b.client().expect("an answer", t -> t.shows("answered-m2"), b.patienceMs());
    drain(b, first, 4, 6);
    return site;
  }

  /** The server drains; messages are said until it closes. */
  private static void drain(ClientBench b, Visit visit, int from, int to) throws Exception {
    visit.frame(Json.frame("status", "status", "drain", "retry_after_ms", 0));
    b.client().rest(50);
    QueueCases.say(b, from, to);
    visit.close(4001, "drain");
  }

  /** The message as it was sent first, and as it was sent on the next connection. */
  private static List<JsonNode> positions(ClientBench b) throws Exception {
    b.talk().acks = false;
    Site site = new Site();
    b.site(site::answer);
    Visit first = b.greeted();
    b.client().send("m1");
    JsonNode message = first.message();
    b.talk().heard = 0;
    first.close(4001, "drain");
    site.arrived(b, List.of("m1"));
    site.transport = "websocket";
    return List.of(message, b.visitWithin(b.patienceMs()).greet().message());
  }
}
