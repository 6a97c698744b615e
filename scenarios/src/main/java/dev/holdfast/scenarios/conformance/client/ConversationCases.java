package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Section conversation: what a client's messages hold, and that each frame is shown once. */
final class ConversationCases {
  static final List<ClientCase> ALL =
      List.of(
          messages(
              "conversation/message-has-content",
              (b, m) -> !m.path("data").path("content").asText().isEmpty()),
          messages(
              "conversation/message-names-its-own-session",
              (b, m) ->
                  names(b, m.path("session_id")) && names(b, m.path("data").path("session_id"))),
          messages(
              "conversation/message-history-is-a-list",
              (b, m) -> {
                JsonNode history = m.path("data").path("message_history");
                return history.isMissingNode() || history.isArray();
              }),
          ClientCase.of(
              "conversation/retry-is-a-new-id",
              "Ids are made from the words of a message.",
              ConversationCases::newIds),
          ClientCase.of(
              "rollout/terminal-is-shown-once",
              "one-delivery-a-frame",
              "A listener is added for each connection, or a frame is told of twice.",
              ConversationCases::oneDelivery),
          ClientCase.of(
                  "rollout/terminal-is-shown-once",
                  "across-connections",
                  "Listeners of older connections stay: after a reconnect each frame is told twice.",
                  ConversationCases::acrossConnections)
              .quick(50)
              .waiting(p -> 3 * p.mostMs(1)),
          ClientCase.of(
                  "rollout/terminal-is-shown-once",
                  "repeated-by-the-server",
                  "A terminal frame that comes again is shown again.",
                  ConversationCases::repeated)
              .quick(50));

  private ConversationCases() {}

  private static ClientCase messages(String clause, BiPredicate<ClientBench, JsonNode> right) {
    return ClientCase.of(
            clause,
            "A message is put together in another way somewhere.",
            b -> {
              Transcripts.converse(b);
              for (Event.Text text : b.texts()) {
                require(
                    !text.type().equals("message") || right.test(b, text.json()),
                    "a message as the clause has it",
                    text.text());
              }
            })
        .quick(50);
  }

  private static boolean names(ClientBench b, JsonNode session) {
    return !session.isTextual() || session.asText().equals(b.talk().session);
  }

  private static void newIds(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    Set<String> ids = new TreeSet<>();
    for (int i = 0; i < 3; i++) {
      b.client().send("the same words");
      JsonNode message = visit.message();
      ids.add(message.path("id").asText());
      visit.ofRun(
          b.talk().newRun(),
          Json.frame("error", "error", "it failed", "code", "agent_failed", "retryable", true)
              .put("reply_to", message.path("id").asText()));
    }
    require(ids.size() == 3, "three ids", ids);
  }

  private static void oneDelivery(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    for (int i = 10; i < 30; i++) {
      visit.says("marked-" + i + "-frame");
    }
    b.client().expect("the last frame", t -> t.shows("marked-29-frame"), b.patienceMs());
    b.client().rest(100);
    for (int i = 10; i < 30; i++) {
      long times = b.client().shown("marked-" + i + "-frame");
      require(times == 1, "one delivery of frame " + i, times + " deliveries");
    }
  }

  private static void acrossConnections(ClientBench b) throws Exception {
    for (int i = 0; i < 3; i++) {
      Visit visit = b.greeted();
      b.isShown(visit, "round-" + i);
      visit.reset();
    }
    b.isShown(b.greeted(), "round-3");
    b.client().rest(100);
    for (int i = 0; i < 4; i++) {
      long times = b.client().shown("round-" + i);
      require(times == 1, "one delivery in round " + i, times + " deliveries");
    }
  }

  private static void repeated(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.client().send("hello");
    var answer = first.answers(first.message(), "the-answer");
    b.client().expect("the answer", t -> t.shows("the-answer"), b.patienceMs());
    first.reset();
    Visit second = b.greeted();
    second.frame(answer.deepCopy());
    b.isShown(second, "and-then");
    long times = b.client().shown("the-answer");
    require(times == 1, "one delivery of the answer", times + " deliveries");
  }
}
