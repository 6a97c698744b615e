package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.wire.Doorway.HttpAsk;
import dev.holdfast.scenarios.conformance.wire.Doorway.HttpSay;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Section rollout: drained, and sent to HTTP without losing a message. */
final class RolloutCases {
  static final List<ClientCase> ALL =
      List.of(
          http(
              "reconnect/transport-is-asked-first",
              "The next attempt is made without asking.",
              RolloutCases::asksFirst),
          ClientCase.of(
                  "rollout/core-drain-keeps-the-message",
                  "A message that a draining server refused is given up.",
                  RolloutCases::keepsRefused)
              .quick(50),
          http(
              "rollout/client-keeps-until-ended",
              "A message is forgotten once it was written.",
              b -> {
                Site site = afterDrain(b, 1, 0);
                site.arrived(b, List.of("m1"));
              }),
          http(
              "rollout/http-gets-the-kept-first",
              "What waits in the queue goes before what was written already.",
              b -> {
                Site site = afterDrain(b, 2, 3);
                site.arrived(b, List.of("m1", "m2", "m3", "m4", "m5"));
              }),
          http(
              "rollout/http-one-at-a-time",
              "POSTs overtake each other.",
              b -> {
                Site site = afterDrain(b, 2, 4);
                site.arrived(b, List.of("m1", "m2", "m3", "m4", "m5", "m6"));
                require(site.most.get() == 1, "one POST at a time", site.most.get() + " at once");
              }),
          http(
              "rollout/http-keeps-ids",
              "A message gets another id over HTTP, so that it is worked on twice.",
              b -> {
                Site site = afterDrain(b, 2, 0);
                site.arrived(b, List.of("m1", "m2"));
                List<String> said =
                    b.texts().stream()
                        .filter(t -> t.type().equals("message"))
                        .map(t -> t.json().path("id").asText())
                        .toList();
                List<String> posted = site.posts.stream().map(p -> p.path("id").asText()).toList();
                require(posted.equals(said), "the ids " + said, posted);
              }),
          http(
              "rollout/http-new-ones-queue-behind",
              "Something said while others wait is POSTed at once.",
              b -> {
                Site site = afterDrain(b, 2, 2);
                b.client().send("late");
                site.arrived(b, List.of("m1", "m2", "m3", "m4", "late"));
              }),
          http(
              "rollout/kill-switch-loses-nothing",
              "A message falls between the two transports, or goes by both.",
              RolloutCases::losesNothing),
          http(
              "rollout/given-position-stays",
              "Back on the WebSocket, positions are given anew.",
              RolloutCases::positionStays));

  private RolloutCases() {}

  private static ClientCase http(String clause, String cause, ClientCase.Script script) {
    return ClientCase.of(clause, cause, script).needing(ClientCase.HTTP_FALLBACK).quick(50);
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

    void arrived(ClientBench b, List<String> wanted) throws Exception {
      long until = b.log().nowMs() + b.patienceMs();
      while (posts.size() < wanted.size() && b.log().nowMs() < until) {
        b.client().rest(20);
      }
      b.client().rest(150);
      require(said().equals(wanted), "POSTs of " + wanted, said());
    }
  }

  private static void asksFirst(ClientBench b) throws Exception {
    Site site = new Site();
    site.transport = "websocket";
    b.site(site::answer);
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    first.close(4001, "drain");
    Visit second = b.visit();
    require(site.asked.get() > 0, "/api/transport to be asked after 4001", "it was not");
    int before = site.asked.get();
    second.visitor().refuse(503, "", "{}");
    b.visit(2);
    require(site.asked.get() > before, "/api/transport to be asked after a failure", "it was not");
  }

  private static void keepsRefused(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.client().send("keep me");
    JsonNode message = first.message();
    first.frame(
        Json.frame("error", "error", "draining", "code", "draining", "retryable", true)
            .put("reply_to", message.path("id").asText(null)));
    first.close(4001, "drain");
    JsonNode again = b.greeted().message();
    require(again.path("data").path("content").asText().equals("keep me"), "it again", again);
  }

  /** So many written and unanswered, then a drain; so many more said while away; HTTP is next. */
  private static Site afterDrain(ClientBench b, int written, int queued) throws Exception {
    Site site = new Site();
    b.site(site::answer);
    Visit first = b.greeted();
    b.client().state("connected", b.patienceMs());
    QueueCases.say(b, 1, written);
    first.messages(written);
    first.frame(Json.frame("status", "status", "drain", "retry_after_ms", 0));
    b.client().rest(50);
    QueueCases.say(b, written + 1, written + queued);
    first.close(4001, "drain");
    return site;
  }

  private static void losesNothing(ClientBench b) throws Exception {
    Site site = new Site();
    b.site(site::answer);
    Visit first = b.greeted();
    b.client().state("connected", b.patienceMs());
    List<String> over = new ArrayList<>();
    QueueCases.say(b, 1, 3);
    for (int i = 1; i <= 3; i++) {
      JsonNode message = first.message();
      if (i < 3) {
        first.answers(message, "answered-m" + i);
        over.add("m" + i);
      }
    }
    b.client().expect("an answer", t -> t.shows("answered-m2"), b.patienceMs());
    first.frame(Json.frame("status", "status", "drain", "retry_after_ms", 0));
    b.client().rest(50);
    QueueCases.say(b, 4, 6);
    first.close(4001, "drain");
    site.arrived(b, List.of("m3", "m4", "m5", "m6"));
    require(over.size() == 2, "two answered over the socket", over);
  }

  private static void positionStays(ClientBench b) throws Exception {
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
    @Nullable JsonNode again = b.visitWithin(b.patienceMs()).greet().message();
    require(
        again.path("seq").equals(message.path("seq")),
        "seq " + message.path("seq") + " again",
        again);
  }
}
