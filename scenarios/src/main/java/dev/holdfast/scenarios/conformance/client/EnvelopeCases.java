package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;
import static dev.holdfast.scenarios.conformance.client.ClientBench.requireCame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Section envelope: what the client's frames look like, and what it makes of others'. */
final class EnvelopeCases {
  private static final Set<String> TYPES =
      Set.of("message", "tool_execution", "status", "error", "ping", "pong");
  private static final Map<String, Predicate<JsonNode>> KINDS =
      Map.of(
          "session_id", JsonNode::isTextual,
          "id", JsonNode::isTextual,
          "reply_to", JsonNode::isTextual,
          "run_id", JsonNode::isTextual,
          "seq", JsonNode::isNumber,
          "ack", JsonNode::isNumber,
          "replay", JsonNode::isBoolean);
  private static final String ID = "[A-Za-z0-9._-]{1,128}";
  private static final String UTC_MS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  /** Names that a careless event emitter would take for its own, or an object for its parents. */
  private static final List<String> EVENT_NAMES =
      List.of(
          "open",
          "close",
          "closed",
          "connected",
          "disconnected",
          "reconnect",
          "reconnecting",
          "state",
          "statechange",
          "message_error",
          "received",
          "sent",
          "refused",
          "ready",
          "retry",
          "*",
          "error_event",
          "__proto__",
          "constructor",
          "toString",
          "hasOwnProperty",
          "then",
          "removeListener",
          "newListener",
          "");

  /** Frames that are no frames; a client may leave for them, and must go on afterwards. */
  private static final List<String> HOSTILE =
      List.of(
          "this is not JSON",
          "{\"type\":\"message\",\"data\":",
          "",
          "null",
          "[]",
          "42",
          "\"message\"",
          "{}",
          "{\"type\":null,\"data\":null}",
          "{\"type\":7,\"data\":{}}",
          "{\"type\":{},\"data\":[]}",
          "{\"type\":\"message\"}",
          "{\"type\":\"message\",\"data\":null}",
          "{\"type\":\"message\",\"data\":\"text\"}",
          "{\"type\":\"message\",\"data\":{\"content\":{\"no\":\"text\"}}}",
          "{\"type\":\"status\",\"data\":{\"status\":17}}",
          "{\"type\":\"error\",\"data\":null}",
          "{\"type\":\"tool_execution\",\"data\":[1,2]}",
          "{\"type\":\"pong\",\"data\":7}",
          "{\"type\":\"ping\",\"data\":\"x\",\"id\":{}}");

  static final List<ClientCase> ALL =
      Stream.of(
              List.of(
                  frames(
                      "envelope/type-and-data",
                      "a frame with a text type, and data that is an object or null",
                      EnvelopeCases::typeAndData),
                  frames(
                      "envelope/six-types",
                      "a frame of one of the six types",
                      f -> TYPES.contains(f.path("type").asText())),
                  frames(
                      "envelope/optional-fields-keep-their-kind",
                      "optional fields of their own kind",
                      EnvelopeCases::kinds),
                  frames(
                      "envelope/id-alphabet",
                      "an id of 1 to 128 characters of the session alphabet",
                      f -> !f.has("id") || f.path("id").asText().matches(ID)),
                  frames(
                      "envelope/integers-are-plain",
                      "integers without point or exponent",
                      EnvelopeCases::plainIntegers),
                  frames(
                      "envelope/client-sends-timestamp",
                      "a timestamp in RFC 3339, UTC, with milliseconds",
                      f -> f.path("timestamp").asText().matches(UTC_MS)),
                  ClientCase.of(
                          "envelope/unknown-fields-are-ignored",
                          "Frames are read by a strict schema.")
                      .given(Scenes.HEARING)
                      .then(EnvelopeCases::unknownFields),
                  skips("unknown-type", EnvelopeCases::unknownType),
                  skips("unknown-status", v -> status(v, "weather")),
                  skips("names-of-events", EnvelopeCases::eventNames),
                  skips("unasked-tool", EnvelopeCases::unaskedTool),
                  skips(
                      "unasked-pong",
                      v -> v.frame(Json.frame("pong").put("reply_to", "nobody-asked")))),
              List.of(
                  hostile(
                      "not-a-frame",
                      v -> {
                        for (String text : HOSTILE) {
                          v.text(text);
                        }
                      }),
                  hostile(
                      "deep-nesting",
                      v ->
                          v.text(
                              "{\"type\":\"message\",\"data\":"
                                  + "[".repeat(20_000)
                                  + "]".repeat(20_000)
                                  + "}")),
                  hostile("binary", v -> v.does(() -> v.visitor().binary(new byte[] {1, 2, 3}))),
                  hostile(
                      "bad-utf8",
                      v ->
                          v.does(() ->
                              v.visitor()
                                  .raw(new byte[] {(byte) 0x81, 2, (byte) 0xc3, (byte) 0x28}))),
                  hostile(
                      "masked-frame",
                      v ->
                          v.does(() ->
                              v.visitor()
                                  .raw(new byte[] {(byte) 0x81, (byte) 0x81, 1, 2, 3, 4, 5}))),
                  ClientCase.of(
                          "envelope/errors-are-not-answered",
                          "An error of the server is answered by a frame.")
                      .given(
                          "a message was answered, and the client sent nothing afterwards",
                          EnvelopeCases::silent)
                      .then(EnvelopeCases::errors),
                  ClientCase.of(
                          "envelope/error-without-run-id-ends-nothing",
                          "Any error ends the run that waits.")
                      .given(
                          "a run was in progress, its message not settled",
                          b -> {
                            Visit visit = b.greeted();
                            int n = b.client().send("hello");
                            JsonNode message = visit.message();
                            ObjectNode working =
                                Json.frame("status", "status", "processing", "stage", "planning");
                            visit.ofRun("run-7", Visit.naming(message, working));
                            return new Open(visit, List.of(n));
                          })
                      .then(EnvelopeCases::errorWithoutRun)
                      .needing(ClientCase.SETTLED),
                  ClientCase.of(
                          "envelope/core-error-ends-oldest-run",
                          "Errors are not told apart by their codes.")
                      .given(
                          "two messages had arrived, and none was settled",
                          b -> {
                            Visit visit = b.greeted();
                            List<Integer> said =
                                List.of(b.client().send("one"), b.client().send("two"));
                            visit.messages(2);
                            return new Open(visit, said);
                          })
                      .then(EnvelopeCases::coreError)
                      .needing(ClientCase.SETTLED)))
          .flatMap(List::stream)
          .toList();

  private EnvelopeCases() {}

  /**
   * Messages that are not settled.
   *
   * @param said the numbers of their commands, oldest first
   */
  private record Open(Visit visit, List<Integer> said) {}

  /** A case about every frame that the client sends in a conversation. */
  private static ClientCase frames(String clause, String expected, Predicate<JsonNode> right) {
    return ClientCase.of(clause, "A frame is written by hand somewhere.")
        .given(Scenes.TALKED)
        .then((b, said) -> said.each(t -> right.test(t.json()), expected))
        .quick(50)
        .wishing(Setting.HEARTBEAT_INTERVAL_MS, 300)
        .wishing(Setting.PONG_TIMEOUT_MS, 2_000);
  }

  private static boolean typeAndData(JsonNode frame) {
    JsonNode data = frame.path("data");
    boolean fits = data.isObject() || data.isNull() || data.isMissingNode();
    return frame.path("type").isTextual() && fits;
  }

  private static boolean kinds(JsonNode frame) {
    return KINDS.entrySet().stream()
        .allMatch(kind ->
            !frame.hasNonNull(kind.getKey()) || kind.getValue().test(frame.path(kind.getKey())));
  }

  private static boolean plainIntegers(JsonNode frame) {
    return Stream.of(
            frame.path("seq"),
            frame.path("ack"),
            frame.path("data").path("ack"),
            frame.path("data").path("attempt"))
        .allMatch(n -> n.isMissingNode() || n.isIntegralNumber());
  }

  private static void unknownFields(ClientBench b, Visit visit) throws Exception {
    ObjectNode frame = Json.frame("message", "content", "with-more", "mood", List.of("sunny"));
    frame.put("colour", "blue").putObject("more").put("deep", true);
    visit.ofRun(b.talk().newRun(), frame);
    b.client().expect("its delivery", t -> t.shows("with-more"), b.patienceMs());
  }

  /** Something sent to the client. */
  private interface Sending {
    void on(Visit visit) throws Finds;
  }

  /** What a client must skip, without leaving. */
  private static ClientCase skips(String word, Sending sending) {
    return ClientCase.of(
            "envelope/client-skips-the-unexpected",
            word,
            "What is not expected reaches code that was not written for it.")
        .given(Scenes.HEARING)
        .then((b, visit) -> {
          sending.on(visit);
          b.isShown(visit, "after-it");
          b.client().rest(50);
          long times = b.client().shown("after-it");
          require(times == 1, "one delivery of what came afterwards", times + " deliveries");
          require(b.door().visits() == 1, "the same connection", "the client made another one");
        });
  }

  /** What no server may send: a client skips it or leaves and comes back, but goes on. */
  private static ClientCase hostile(String word, Sending sending) {
    return ClientCase.of(
            "envelope/client-skips-the-unexpected",
            word,
            "A frame that cannot be read ends the client's loop, or an exception that nothing"
                + " catches.")
        .given(Scenes.HEARING)
        .then((b, visit) -> {
          sending.on(visit);
          goesOn(b, visit);
        })
        .quick(50);
  }

  /**
   * The next thing said is shown: on this connection or, if the client left it, on the next, which
   * may take a manual retry where the client's own close code is a final one.
   */
  private static void goesOn(ClientBench b, Visit visit) throws Exception {
    try {
      visit.says("after-it");
    } catch (Finds e) {
      // It left; the next connection will tell.
    }
    long until = b.log().nowMs() + b.patienceMs() + b.pace().mostMs(1);
    boolean retried = false;
    while (b.client().shown("after-it") == 0 && b.log().nowMs() < until) {
      if (!retried && b.client().told().stream().anyMatch(t -> t.isState("disconnected"))) {
        b.client().retry();
        retried = true;
      }
      var visitor = b.door().next(50);
      if (visitor != null) {
        b.greet(visitor).says("after-it");
      }
    }
    requireCame(
        b.client().shown("after-it") > 0, "the next frame to be shown", b.client().states());
  }

  private static void unknownType(Visit visit) throws Finds {
    visit.frame(Json.frame("weather", "sun", true));
    visit.frame(Json.frame("weather").put("id", "w1").put("run_id", "nobodys"));
  }

  private static void status(Visit visit, String word) throws Finds {
    visit.frame(Json.frame("status", "status", word));
    visit.frame(Json.frame("status"));
  }

  private static void eventNames(Visit visit) throws Finds {
    for (String name : EVENT_NAMES) {
      visit.frame(Json.frame(name, "code", 1000, "message", "no"));
      visit.frame(Json.frame("status", "status", name));
    }
  }

  private static void unaskedTool(Visit visit) throws Finds {
    visit.ofRun(
        "nobodys-run",
        Json.frame("tool_execution", "tool", "t", "tool_call_id", "c1", "status", "running"));
  }

  private static Visit silent(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    b.client().send("hello");
    visit.answers(visit.message(), "answered");
    b.client().expect("the answer", t -> t.shows("answered"), b.patienceMs());
    visit.quiet("frame that nothing asked for", EnvelopeCases::isAnswer, 300);
    return visit;
  }

  /** A ping or an ack answers nothing. */
  private static boolean isAnswer(Event.Text text) {
    return !text.type().equals("ping") && !text.isStatus("ack");
  }

  private static void errors(ClientBench b, Visit visit) throws Exception {
    visit.frame(Json.frame("error", "error", "something else", "code", "unknown_type"));
    visit.quiet("frame in answer to an error", EnvelopeCases::isAnswer, 500);
  }

  private static Told settled(ClientBench b, int n) throws Exception {
    return b.client()
        .expect(
            "what became of message " + n,
            t -> t.event().equals("settled") && t.isAbout(n),
            b.patienceMs());
  }

  private static boolean isSettled(ClientBench b, int n) {
    return b.client().told().stream().anyMatch(t -> t.event().equals("settled") && t.isAbout(n));
  }

  private static void errorWithoutRun(ClientBench b, Open open) throws Exception {
    Visit visit = open.visit();
    int n = open.said().getFirst();
    visit.frame(Json.frame("error", "error", "elsewhere", "code", "agent_failed"));
    b.client().rest(200);
    require(!isSettled(b, n), "the message to be open still", "it was settled");
    visit.ofRun("run-7", Json.frame("message", "content", "the answer"));
    Told told = settled(b, n);
    require(
        told.data().path("outcome").asText().equals("answered"),
        "the outcome answered",
        told.data());
  }

  private static void coreError(ClientBench b, Open open) throws Exception {
    int first = open.said().getFirst();
    open.visit().frame(Json.frame("error", "error", "too busy", "code", "busy", "retryable", true));
    b.client().rest(200);
    require(
        !isSettled(b, first), "no message settled by error busy", "the oldest message was settled");
    open.visit().frame(Json.frame("error", "error", "it failed", "code", "agent_failed"));
    Told told = settled(b, first);
    require(
        told.data().path("outcome").asText().equals("failed"), "the outcome failed", told.data());
    require(
        !isSettled(b, open.said().getLast()),
        "the second message to be open still",
        "it was settled");
  }
}
