package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;

/** Sections sync, presence and push: what a client makes of others, and of what it did not ask. */
final class TogetherCases {
  private static final Situation<ClientBench, Visit> AGREED =
      new Situation<>("sync, presence and push were agreed on", TogetherCases::agreed);
  private static final Situation<ClientBench, Asked> ASKED =
      new Situation<>(
          "a message had arrived, and was not answered",
          b -> {
            Visit visit = agreed(b);
            int command = b.client().send("a question");
            return new Asked(visit, command, visit.message());
          });

  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
                  "sync/echo-is-handed-over", "What another tab said is not shown, or shown again.")
              .given(AGREED)
              .then((b, visit) ->
                  isShownOnce(b, visit, echo(b, "theirs-1", "said-elsewhere"), "said-elsewhere"))
              .needing(Capability.SYNC),
          ClientCase.of(
                  "sync/echo-is-no-answer",
                  "The first message that names its own is taken for the answer.")
              .given(ASKED)
              .then((b, asked) -> {
                asked.visit.frame(echo(b, asked.message.path("id").asText(), "a question"));
                isOpenUntilAnswered(b, asked);
              })
              .needing(Capability.SYNC, ClientCase.SETTLED),
          ClientCase.of("presence/handed-over", "Who is here is shown once and never again.")
              .given(AGREED)
              .then((b, visit) -> {
                for (String user : List.of("ana-1", "bo-2")) {
                  visit.frame(presence(user));
                  b.client().expect("presence of " + user, t -> t.shows(user), b.patienceMs());
                }
              })
              .needing(Capability.PRESENCE),
          ClientCase.of(
                  "push/handed-over-once",
                  "A run that answers nothing is not shown, or shown twice.")
              .given(AGREED)
              .then((b, visit) ->
                  isShownOnce(b, visit, pushed(b, "news-of-a-build"), "news-of-a-build"))
              .needing(Capability.PUSH),
          ClientCase.of("push/answers-no-message", "Whatever comes next is taken for the answer.")
              .given(ASKED)
              .then((b, asked) -> {
                asked.visit.frame(pushed(b, "news-of-a-build"));
                isOpenUntilAnswered(b, asked);
              })
              .needing(Capability.PUSH, ClientCase.SETTLED));

  private TogetherCases() {}

  /** A message that is not settled. */
  private record Asked(Visit visit, int command, JsonNode message) {}

  private static Visit agreed(ClientBench b) throws Exception {
    b.talk().capabilities = List.of(Capability.SYNC, Capability.PRESENCE, Capability.PUSH);
    return Scenes.connected(b);
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

  private static void isOpenUntilAnswered(ClientBench b, Asked asked) throws Exception {
    b.isShown(asked.visit, "something-else");
    boolean settled =
        b.client().told().stream()
            .anyMatch(t -> t.event().equals("settled") && t.isAbout(asked.command));
    require(!settled, "the message to be open still", "it was settled");
    asked.visit.answers(asked.message, "the-answer");
    b.client()
        .expect(
            "settled, with the answer",
            t -> t.event().equals("settled") && t.isAbout(asked.command),
            b.patienceMs());
  }
}
