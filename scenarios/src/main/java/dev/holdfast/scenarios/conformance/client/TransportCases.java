package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;

/** Section transport: handshakes, subprotocol, sizes and fragments. */
final class TransportCases {
  private static final ObjectReader STRICT =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
                  "transport/one-object-a-text-frame",
                  "Several frames are written as one text, or something else than JSON.",
                  TransportCases::oneObject)
              .quick(50),
          ClientCase.of(
              "transport/fragments-work",
              "Each WebSocket fragment is taken for a message.",
              TransportCases::fragments),
          ClientCase.of(
              "transport/client-refuses-oversize",
              "The size of a message is not checked before it is sent.",
              TransportCases::oversize),
          ClientCase.of(
              "transport/client-offers-subprotocol",
              "The handshake does not name agent-chat.v1.",
              b ->
                  require(
                      b.visit().visitor().request().offers(Visit.SUBPROTOCOL),
                      "Sec-WebSocket-Protocol: " + Visit.SUBPROTOCOL,
                      "none")),
          ClientCase.of(
                  "transport/falls-back-without-subprotocol",
                  "Every attempt offers the subprotocol, also to servers that break on it.",
                  TransportCases::fallsBack)
              .quick(50),
          ClientCase.of(
                  "transport/token-holder-keeps-subprotocol",
                  "A client with a token gives its session up for one failed handshake.",
                  TransportCases::keepsSubprotocol)
              .quick(50)
              .waiting(p -> p.firstMs(3)));

  private TransportCases() {}

  private static void oneObject(ClientBench b) throws Exception {
    Transcripts.converse(b);
    for (Event.Text text : b.texts()) {
      require(isOneObject(text.text()), "one JSON object", text.text());
    }
  }

  private static boolean isOneObject(String text) {
    try {
      return STRICT.readTree(text).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static void fragments(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    ObjectNode frame = Json.frame("message", "content", "in many pieces, zażółć gęślą jaźń");
    frame.put("run_id", b.talk().newRun()).put("timestamp", "2026-01-01T00:00:00.000Z");
    String text = b.talk().positioned(frame).toString();
    visit.does(() -> visit.visitor().fragments(text, 7));
    b.client().expect("its delivery", t -> t.shows("in many pieces"), b.patienceMs());
    b.client().rest(50);
    require(b.client().shown("in many pieces") == 1, "one delivery", "several");
  }

  private static void oversize(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    b.client().state("connected", b.patienceMs());
    int n = b.client().send("x".repeat(1_100_000));
    b.client()
        .expect(
            "a refusal with too_large",
            t ->
                t.event().equals("refused")
                    && t.isAbout(n)
                    && t.data().path("code").asText().equals("too_large"),
            b.patienceMs());
    b.client().send("short");
    String next = visit.message().path("data").path("content").asText();
    require(next.equals("short"), "the short message only", next.length() + " characters");
  }

  private static void fallsBack(ClientBench b) throws Exception {
    b.visit().visitor().acceptWrongly();
    Visit second = b.visit();
    require(
        !second.visitor().request().offers(Visit.SUBPROTOCOL),
        "an attempt without the subprotocol",
        "one that offers it");
    second.greet();
    b.isShown(second, "in-core");
  }

  private static void keepsSubprotocol(ClientBench b) throws Exception {
    b.greeted().reset();
    for (int i = 1; i <= 3; i++) {
      Visit visit = b.visit(i);
      require(
          visit.visitor().request().offers(Visit.SUBPROTOCOL),
          "the subprotocol on every attempt",
          "attempt " + i + " without it");
      visit.visitor().acceptWrongly();
    }
  }
}
