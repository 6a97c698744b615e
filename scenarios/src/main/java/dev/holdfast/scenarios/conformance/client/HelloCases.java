package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.ArrayList;
import java.util.List;

/** Section resume: hello, token and what they promise. */
final class HelloCases {
  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
                  "resume/hello-comes-first", "Something else is sent while the socket opens.")
              .given("the first connection opened", b -> b.visit().accept())
              .then((b, visit) -> visit.hello()),
          ClientCase.of("resume/hello-fields", "A field of the hello is missing.")
              .given(
                  "a hello came, and another after the client had token, epoch and a position",
                  HelloCases::twoHellos)
              .then(HelloCases::fields)
              .quick(50),
          ClientCase.of(
                  "resume/client-id-is-one-a-tab",
                  "The client_id is kept where all tabs find it, or is no random one.")
              .given(
                  "two processes of the client said hello",
                  b -> {
                    JsonNode one = firstHello(b);
                    b.start();
                    return List.of(one, b.visit().accept().hello());
                  })
              .then((b, hellos) ->
                  require(
                      !clientId(hellos.getFirst()).equals(clientId(hellos.getLast())),
                      "another client_id in another process",
                      clientId(hellos.getFirst()) + " twice")),
          ClientCase.of("resume/attempt-rises", "Hellos are not counted.")
              .given(
                  "three connections in a row brought a hello",
                  b -> {
                    b.triesAtLeast(2);
                    List<JsonNode> hellos = new ArrayList<>();
                    for (int i = 1; i <= 3; i++) {
                      Visit visit = b.visit(i).accept();
                      hellos.add(visit.hello());
                      visit.reset();
                    }
                    return hellos;
                  })
              .then(HelloCases::attemptRises)
              .quick(50)
              .waiting(p -> p.firstMs(3)),
          ClientCase.of(
                  "resume/client-waits-for-connected",
                  "The queue is flushed as soon as the socket is open.")
              .given(
                  "messages were said before and after a hello, and no status connected came",
                  b -> {
                    Visit visit = b.visit();
                    b.client().send("said before");
                    visit.accept();
                    visit.hello();
                    b.client().send("said between");
                    return visit;
                  })
              .then((b, visit) -> {
                visit.quiet("frame before status connected", t -> true, 400);
                visit.connected("new");
                visit.caughtUp(0);
                QueueCases.arrive(List.of("said before", "said between"), visit.messages(2));
              }),
          ClientCase.of(
                  "resume/capabilities-are-negotiated",
                  "A capability is used because the client has it.")
              .given(
                  "a run was cancelled where cancel was not agreed on",
                  b -> {
                    b.talk().capabilities = List.of();
                    Visit visit = b.greeted();
                    b.client().send("hello");
                    Transcripts.cancel(b, visit, visit.message(), "run-7");
                    return visit;
                  })
              .then((b, visit) ->
                  visit.quiet("cancel that was not agreed on", t -> t.isStatus("cancel"), 400))
              .needing("cancel"),
          ClientCase.of(
                  "resume/token-never-in-a-url", "The token is sent as a parameter of the query.")
              .given(
                  "a client that had a token connected again",
                  b -> {
                    Scenes.hearing(b, "something").reset();
                    return b.visit();
                  })
              .then((b, second) ->
                  require(
                      !second.visitor().request().target().contains(Conversation.TOKEN),
                      "no token in the URL",
                      "the URL contains it"))
              .quick(50),
          ClientCase.of(
                  "reconnect/bad-token-is-dropped", "A token that was refused is shown again.")
              .given(
                  "the server answered a hello with close 4100, and another hello came",
                  b -> {
                    Scenes.hearing(b, "something").reset();
                    Visit second = b.visit().accept();
                    second.hello();
                    second.close(4100, "bad token");
                    return b.visit(2).accept().hello();
                  })
              .then((b, hello) ->
                  require(
                      !hello.path("data").hasNonNull("resume_token"),
                      "a hello without the token",
                      hello))
              .quick(50),
          ClientCase.of(
                  "close/40xx-reconnects-and-resumes", "Some codes of 40xx begin a new session.")
              .given(Scenes.HEARING)
              .then(HelloCases::resumes40xx)
              .quick(20)
              .waiting(p -> 6 * p.mostMs(1)),
          ClientCase.of(
                  "close/retry-after-4204-takes-a-new-client-id",
                  "A retry fights with the connection that took over.")
              .given(
                  "the server closed with 4204, and a manual retry said hello",
                  b -> {
                    Visit first = Scenes.hearing(b, "something");
                    JsonNode hello = first.hello();
                    first.close(4204, "superseded");
                    b.client().state("disconnected", b.patienceMs());
                    b.client().retry();
                    return List.of(hello, b.visit().accept().hello());
                  })
              .then((b, hellos) ->
                  require(
                      !clientId(hellos.getLast()).equals(clientId(hellos.getFirst())),
                      "a new client_id",
                      clientId(hellos.getFirst()) + " again"))
              .quick(50));

  private HelloCases() {}

  private static JsonNode firstHello(ClientBench b) throws Exception {
    Visit first = b.visit().accept();
    JsonNode hello = first.hello();
    first.connected("new");
    first.caughtUp(0);
    return hello;
  }

  private static List<JsonNode> twoHellos(ClientBench b) throws Exception {
    Visit first = b.visit().accept();
    JsonNode hello = first.hello();
    first.connected("new");
    first.caughtUp(0);
    b.isShown(first, "something");
    first.reset();
    return List.of(hello, b.visit().accept().hello());
  }

  private static void fields(ClientBench b, List<JsonNode> hellos) throws Exception {
    JsonNode hello = hellos.getFirst();
    JsonNode data = hello.path("data");
    require(data.path("client_id").isTextual(), "client_id", hello);
    require(data.path("attempt").isIntegralNumber(), "attempt", hello);
    require(ack(hello).isIntegralNumber(), "ack", hello);
    require(data.path("capabilities").isArray(), "capabilities", hello);
    JsonNode again = hellos.getLast();
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

  private static void attemptRises(ClientBench b, List<JsonNode> hellos) throws Exception {
    String client = clientId(hellos.getFirst());
    long attempt = attempt(hellos.getFirst());
    for (JsonNode hello : hellos.subList(1, hellos.size())) {
      attempt++;
      require(clientId(hello).equals(client), "the same client_id", clientId(hello));
      require(attempt(hello) == attempt, "attempt " + attempt, attempt(hello));
    }
  }

  private static long attempt(JsonNode hello) {
    return hello.path("data").path("attempt").asLong();
  }

  private static void resumes40xx(ClientBench b, Visit first) throws Exception {
    Visit visit = first;
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

  /** The ack that a text carries, or -1. */
  static long ackOf(Event.Text text) {
    return text.json().path("ack").asLong(-1);
  }
}
