package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;

/** Section resume: hello, token and what they promise. */
final class HelloCases {
  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
              "resume/hello-comes-first",
              "Something else is sent while the socket opens.",
              b -> b.visit().accept().hello()),
          ClientCase.of(
                  "resume/hello-fields", "A field of the hello is missing.", HelloCases::fields)
              .quick(50),
          ClientCase.of(
              "resume/client-id-is-one-a-tab",
              "The client_id is kept where all tabs find it, or is no random one.",
              HelloCases::ownClientId),
          ClientCase.of("resume/attempt-rises", "Hellos are not counted.", HelloCases::attemptRises)
              .quick(50)
              .waiting(p -> p.firstMs(3)),
          ClientCase.of(
              "resume/client-waits-for-connected",
              "The queue is flushed as soon as the socket is open.",
              HelloCases::waits),
          ClientCase.of(
                  "resume/capabilities-are-negotiated",
                  "A capability is used because the client has it.",
                  HelloCases::negotiated)
              .needing("cancel"),
          ClientCase.of(
                  "resume/token-never-in-a-url",
                  "The token is sent as a parameter of the query.",
                  HelloCases::tokenStaysOut)
              .quick(50),
          ClientCase.of(
                  "reconnect/bad-token-is-dropped",
                  "A token that was refused is shown again.",
                  HelloCases::badToken)
              .quick(50),
          ClientCase.of(
                  "close/40xx-reconnects-and-resumes",
                  "Some codes of 40xx begin a new session.",
                  HelloCases::resumes40xx)
              .quick(20)
              .waiting(p -> 6 * p.mostMs(1)),
          ClientCase.of(
                  "close/retry-after-4204-takes-a-new-client-id",
                  "A retry fights with the connection that took over.",
                  HelloCases::newClientId)
              .quick(50));

  private HelloCases() {}

  private static void fields(ClientBench b) throws Exception {
    Visit first = b.visit().accept();
    JsonNode hello = first.hello();
    JsonNode data = hello.path("data");
    require(data.path("client_id").isTextual(), "client_id", hello);
    require(data.path("attempt").isIntegralNumber(), "attempt", hello);
    require(ack(hello).isIntegralNumber(), "ack", hello);
    require(data.path("capabilities").isArray(), "capabilities", hello);
    first.connected("new");
    first.caughtUp(0);
    b.isShown(first, "something");
    first.reset();
    JsonNode again = b.visit().accept().hello();
    require(
        again.path("data").path("resume_token").asText().equals(Conversation.TOKEN),
        "the resume_token that was given",
        again);
    require(again.path("data").path("epoch").asText().equals("e1"), "the epoch", again);
    require(ack(again).asLong() == 1, "ack 1", again);
  }

  static JsonNode ack(JsonNode hello) {
    return hello.has("ack") ? hello.path("ack") : hello.path("data").path("ack");
  }

  private static String clientId(JsonNode hello) {
    return hello.path("data").path("client_id").asText();
  }

  private static void ownClientId(ClientBench b) throws Exception {
    Visit first = b.visit().accept();
    String one = clientId(first.hello());
    first.connected("new");
    first.caughtUp(0);
    b.start();
    String other = clientId(b.visit().accept().hello());
    require(!one.equals(other), "another client_id in another process", one + " twice");
  }

  private static void attemptRises(ClientBench b) throws Exception {
    long last = 0;
    String client = "";
    for (int i = 1; i <= 3; i++) {
      Visit visit = b.visit(i).accept();
      JsonNode hello = visit.hello();
      long attempt = hello.path("data").path("attempt").asLong();
      require(i == 1 || clientId(hello).equals(client), "the same client_id", clientId(hello));
      require(i == 1 || attempt == last + 1, "attempt " + (last + 1), attempt);
      last = attempt;
      client = clientId(hello);
      visit.reset();
    }
  }

  private static void waits(ClientBench b) throws Exception {
    Visit visit = b.visit();
    b.client().send("said before");
    visit.accept();
    visit.hello();
    b.client().send("said between");
    visit.quiet("frame before status connected", t -> true, 400);
    visit.connected("new");
    visit.caughtUp(0);
    QueueCases.arrive(List.of("said before", "said between"), visit.messages(2));
  }

  private static void negotiated(ClientBench b) throws Exception {
    b.talk().capabilities = List.of();
    Visit visit = b.greeted();
    b.client().send("hello");
    JsonNode message = visit.message();
    Transcripts.cancel(b, visit, message, "run-7");
    visit.quiet("cancel that was not agreed on", t -> t.isStatus("cancel"), 400);
  }

  private static void tokenStaysOut(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "something");
    first.reset();
    Visit second = b.greeted();
    require(
        !second.visitor().request().target().contains(Conversation.TOKEN),
        "no token in the URL",
        "it is there");
  }

  private static void badToken(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "something");
    first.reset();
    Visit second = b.visit().accept();
    second.hello();
    second.close(4100, "bad token");
    JsonNode hello = b.visit(2).accept().hello();
    require(!hello.path("data").hasNonNull("resume_token"), "a hello without the token", hello);
  }

  private static void resumes40xx(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    for (int code : List.of(4000, 4001, 4002, 4004, 4005, 4077)) {
      b.isShown(visit, "before-" + code);
      long seen = b.talk().topSeq;
      visit.close(code, "");
      visit = b.visit().accept();
      JsonNode hello = visit.hello();
      require(hello.path("data").hasNonNull("resume_token"), "a hello with the token", hello);
      require(ack(hello).asLong() == seen, "ack " + seen, hello);
      visit.connected("resumed");
      visit.caughtUp(seen);
    }
  }

  private static void newClientId(ClientBench b) throws Exception {
    Visit first = b.greeted();
    String client = clientId(first.hello());
    b.isShown(first, "something");
    first.close(4204, "superseded");
    b.client().state("disconnected", b.patienceMs());
    b.client().retry();
    String other = clientId(b.visit().accept().hello());
    require(!other.equals(client), "a new client_id", client);
  }

  /** The ack that a text carries, or -1. */
  static long ackOf(Event.Text text) {
    return text.json().path("ack").asLong(-1);
  }
}
