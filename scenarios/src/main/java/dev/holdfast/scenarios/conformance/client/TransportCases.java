package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;

/** Section transport: handshakes, subprotocol, sizes and fragments. */
final class TransportCases {
  private static final ObjectReader STRICT =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String MARKER = "in many pieces";

  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
                  "transport/one-object-a-text-frame",
                  "Several frames are written as one text, or something else than JSON.")
              .given(Scenes.TALKED)
              .then((b, said) -> said.each(t -> isOneObject(t.text()), "one JSON object"))
              .quick(50),
          ClientCase.of(
                  "transport/fragments-work", "Each WebSocket fragment is taken for a message.")
              .given(Scenes.HEARING)
              .then(TransportCases::fragments),
          ClientCase.of(
                  "transport/client-refuses-oversize",
                  "The size of a message is not checked before it is sent.")
              .given("the client says that it is connected", Scenes::connected)
              .then(TransportCases::oversize),
          ClientCase.of(
                  "transport/client-offers-subprotocol",
                  "The handshake does not name agent-chat.v1.")
              .given("a handshake began", ClientBench::visit)
              .then((b, visit) -> require(offers(visit), offered(), "no such header")),
          ClientCase.of(
                  "transport/falls-back-without-subprotocol",
                  "Every attempt offers the subprotocol, also to servers that break on it.")
              .given(
                  "an attempt offered the subprotocol, failed before opening, and another came",
                  TransportCases::secondAttempt)
              .then((b, second) -> {
                require(
                    !offers(second), "an attempt without the subprotocol", "one that offers it");
                second.greet();
                b.isShown(second, "in-core");
              })
              .quick(50),
          ClientCase.of(
                  "transport/token-holder-keeps-subprotocol",
                  "A client with a token gives its session up for one failed handshake.")
              .given(
                  "a connection that gave the client its token was lost",
                  b -> {
                    b.triesAtLeast(3);
                    Scenes.hearing(b, "with-a-token").reset();
                    return b;
                  })
              .then((b, lost) -> keepsSubprotocol(b))
              .quick(50)
              .waiting(p -> p.firstMs(3)));

  private TransportCases() {}

  private static boolean offers(Visit visit) {
    return visit.visitor().request().offers(Visit.SUBPROTOCOL);
  }

  private static String offered() {
    return "the header Sec-WebSocket-Protocol: " + Visit.SUBPROTOCOL;
  }

  private static boolean isOneObject(String text) {
    try {
      return STRICT.readTree(text).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static void fragments(ClientBench b, Visit visit) throws Exception {
    ObjectNode frame = Json.frame("message", "content", MARKER + ", zażółć gęślą jaźń");
    frame.put("run_id", b.talk().newRun()).put("timestamp", "2026-01-01T00:00:00.000Z");
    String text = b.talk().positioned(frame).toString();
    visit.does(() -> visit.visitor().fragments(text, 7));
    b.client().expect("its delivery", t -> t.shows(MARKER), b.patienceMs());
    b.client().rest(50);
    long times = b.client().shown(MARKER);
    require(times == 1, "one delivery", times + " deliveries");
  }

  /** What must not be sent would come first: that counts at once. */
  private static void oversize(ClientBench b, Visit visit) throws Exception {
    int n = b.client().send("x".repeat(1_100_000));
    b.client().send("short");
    String next = visit.message().path("data").path("content").asText();
    require(next.equals("short"), "the short message only", next.length() + " characters");
    b.client()
        .expect(
            "a refusal with too_large",
            t ->
                t.event().equals("refused")
                    && t.isAbout(n)
                    && t.data().path("code").asText().equals("too_large"),
            b.patienceMs());
  }

  private static Visit secondAttempt(ClientBench b) throws Exception {
    Visit first = b.visit();
    require(offers(first), offered(), "no such header");
    first.visitor().acceptWrongly();
    return b.visit();
  }

  private static void keepsSubprotocol(ClientBench b) throws Exception {
    for (int i = 1; i <= 3; i++) {
      Visit visit = b.visit(i);
      require(
          offers(visit), "the subprotocol on every attempt", "attempt " + i + " came without it");
      visit.visitor().acceptWrongly();
    }
  }
}
