package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;
import static dev.holdfast.scenarios.conformance.client.ClientBench.requireCame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
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
              "a message whose content is text and not empty",
              (b, m) -> !m.path("data").path("content").asText().isEmpty()),
          messages(
              "conversation/message-names-its-own-session",
              "a message with its own session_id, or none",
              (b, m) ->
                  names(b, m.path("session_id")) && names(b, m.path("data").path("session_id"))),
          messages(
              "conversation/message-history-is-a-list",
              "a message whose message_history is a list, or left out",
              (b, m) -> {
                JsonNode history = m.path("data").path("message_history");
                return history.isMissingNode() || history.isArray();
              }),
          ClientCase.of(
                  "conversation/retry-is-a-new-id", "Ids are made from the words of a message.")
              .given(
                  "a run ended in an error, which was shown, and the same words were said again",
                  ConversationCases::idsOfRetries)
              .then((b, ids) -> {
                Set<String> different = new TreeSet<>(ids);
                require(different.size() == ids.size(), "two different ids", ids);
              }),
          ClientCase.of(
                  "rollout/terminal-is-shown-once",
                  "one-delivery-a-frame",
                  "A listener is added for each connection, or a frame is told of twice.")
              .given(
                  "twenty answers were sent and the last was shown",
                  b -> {
                    List<String> markers = new ArrayList<>();
                    Visit visit = b.greeted();
                    for (int i = 10; i < 30; i++) {
                      markers.add("marked-" + i + "-frame");
                      visit.says(markers.getLast());
                    }
                    return lastShown(b, markers);
                  })
              .then(ConversationCases::once),
          ClientCase.of(
                  "rollout/terminal-is-shown-once",
                  "across-connections",
                  "Listeners of older connections stay: after a reconnect each frame is told twice.")
              .given(
                  "an answer was sent on each of four connections, and shown",
                  b -> {
                    List<String> markers = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                      markers.add("round-" + i);
                      Visit visit = Scenes.hearing(b, markers.getLast());
                      if (i < 3) {
                        visit.reset();
                      }
                    }
                    return lastShown(b, markers);
                  })
              .then(ConversationCases::once)
              .quick(50)
              .waiting(p -> 3 * p.mostMs(1)),
          ClientCase.of(
                  "rollout/terminal-is-shown-once",
                  "repeated-by-the-server",
                  "A terminal frame that comes again is shown again.")
              .given(
                  "an answer was shown, and came again on the next connection",
                  ConversationCases::repeated)
              .then(ConversationCases::once)
              .quick(50));

  private ConversationCases() {}

  private static ClientCase messages(
      String clause, String expected, BiPredicate<ClientBench, JsonNode> right) {
    return ClientCase.of(clause, "A message is put together in another way somewhere.")
        .given(Scenes.TALKED)
        .then((b, said) -> said.eachMessage(m -> right.test(b, m), expected))
        .quick(50);
  }

  private static boolean names(ClientBench b, JsonNode session) {
    return !session.isTextual() || session.asText().equals(b.talk().session);
  }

  private static List<String> idsOfRetries(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      b.client().send("the same words");
      JsonNode message = visit.message();
      ids.add(message.path("id").asText());
      if (i == 0) {
        ObjectNode error =
            Json.frame("error", "error", "it failed", "code", "agent_failed", "retryable", true);
        visit.ofRun(b.talk().newRun(), Visit.naming(message, error));
        b.client().expect("the error", t -> t.shows("it failed"), b.patienceMs());
      }
    }
    return ids;
  }

  /** The markers, once the last was shown: whatever comes twice has been shown by then too. */
  private static List<String> lastShown(ClientBench b, List<String> markers) throws Exception {
    String last = markers.getLast();
    b.client().expect("the last frame", t -> t.shows(last), b.patienceMs());
    b.client().rest(100);
    return markers;
  }

  private static void once(ClientBench b, List<String> markers) throws Exception {
    for (String marker : markers) {
      long times = b.client().shown(marker);
      require(times <= 1, "one delivery of " + marker, times + " deliveries");
      requireCame(times == 1, "the delivery of " + marker, "none");
    }
  }

  private static List<String> repeated(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.client().send("hello");
    var answer = first.answers(first.message(), "the-answer");
    b.client().expect("the answer", t -> t.shows("the-answer"), b.patienceMs());
    first.reset();
    Visit second = b.greeted();
    second.frame(answer.deepCopy());
    b.isShown(second, "and-then");
    return List.of("the-answer");
  }
}
