package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;

/** Sections sync, presence and push: what a client makes of others, and of what it did not ask. */
final class TogetherCases {
  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
                  "sync/echo-is-handed-over",
                  "What another tab said is not shown, or shown again.",
                  b -> {
                    Visit visit = agreed(b);
                    isShownOnce(b, visit, echo(b, "theirs-1", "said-elsewhere"), "said-elsewhere");
                  })
              .needing(Capability.SYNC),
          ClientCase.of(
                  "sync/echo-is-no-answer",
                  "The first message that names its own is taken for the answer.",
                  b -> {
                    Visit visit = agreed(b);
                    int asked = b.client().send("a question");
                    JsonNode message = visit.message();
                    visit.frame(echo(b, message.path("id").asText(), "a question"));
                    isOpenUntilAnswered(b, visit, asked, message);
                  })
              .needing(Capability.SYNC, ClientCase.SETTLED),
          ClientCase.of(
                  "presence/handed-over",
                  "Who is here is shown once and never again.",
                  b -> {
                    Visit visit = agreed(b);
                    for (String user : List.of("ana-1", "bo-2")) {
                      visit.frame(presence(user));
                      b.client().expect("presence of " + user, t -> t.shows(user), b.patienceMs());
                    }
                  })
              .needing(Capability.PRESENCE),
          ClientCase.of(
                  "push/handed-over-once",
                  "A run that answers nothing is not shown, or shown twice.",
                  b -> {
                    Visit visit = agreed(b);
                    isShownOnce(b, visit, pushed(b, "news-of-a-build"), "news-of-a-build");
                  })
              .needing(Capability.PUSH),
          ClientCase.of(
                  "push/answers-no-message",
                  "Whatever comes next is taken for the answer.",
                  b -> {
                    Visit visit = agreed(b);
                    int asked = b.client().send("a question");
                    JsonNode message = visit.message();
                    visit.frame(pushed(b, "news-of-a-build"));
                    isOpenUntilAnswered(b, visit, asked, message);
                  })
              .needing(Capability.PUSH, ClientCase.SETTLED));

  private TogetherCases() {}

  private static Visit agreed(ClientBench b) throws Exception {
    b.talk().capabilities = List.of(Capability.SYNC, Capability.PRESENCE, Capability.PUSH);
    return b.greeted();
  }

  private static ObjectNode echo(ClientBench b, String of, String content) {
    ObjectNode frame = Json.frame("message", "role", "user", "content", content);
    return b.talk().positioned(frame.put("reply_to", of));
  }

  private static ObjectNode pushed(ClientBench b, String content) {
    ObjectNode frame = Json.frame("message", "content", content, "origin", "push");
    return b.talk().positioned(frame.put("run_id", b.talk().newRun()));
  }

  private static ObjectNode presence(String user) {
    ObjectNode frame = Json.frame("status", "status", "presence");
    ((ObjectNode) frame.get("data"))
        .putArray("members")
        .addObject()
        .put("user_id", user)
        .put("connections", 1)
        .put("since", "2026-03-01T09:00:00.000Z");
    return frame;
  }

  private static void isShownOnce(ClientBench b, Visit visit, ObjectNode frame, String marker)
      throws Exception {
    visit.frame(frame);
    b.client().expect("the delivery of " + marker, t -> t.shows(marker), b.patienceMs());
    visit.frame(frame.deepCopy());
    b.isShown(visit, "the-next");
    long shown = b.client().shown(marker);
    require(shown == 1, "one delivery of " + marker, shown);
  }

  private static void isOpenUntilAnswered(ClientBench b, Visit visit, int asked, JsonNode message)
      throws Exception {
    b.isShown(visit, "something-else");
    boolean settled =
        b.client().told().stream().anyMatch(t -> t.event().equals("settled") && t.isAbout(asked));
    require(!settled, "the message to be open still", "it was settled");
    visit.answers(message, "the-answer");
    b.client()
        .expect(
            "settled, with the answer",
            t -> t.event().equals("settled") && t.isAbout(asked),
            b.patienceMs());
  }
}
