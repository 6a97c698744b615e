package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.net.http.HttpResponse;
import java.util.List;

/** Section http: the side that people use who are not on the socket yet, or no longer. */
final class HttpCases {
  private static final List<String> FOREIGN =
      List.of("Origin", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host");

  static final List<Case> ALL =
      List.of(
          Case.of(
              "http/chat-request",
              "The fields have other names, or optional ones are demanded.",
              b -> post(b, Http.message(b.session(), b.plain())),
              Need.HTTP),
          one(
              "http/chat-request",
              "all-fields",
              "Fields beside message and session_id are refused.",
              HttpCases::allFields,
              Need.HTTP),
          one(
              "http/chat-request",
              "bad-bodies",
              "A body that is no JSON raises an exception, which is a 500.",
              HttpCases::badBodies,
              Need.HTTP),
          Case.of(
              "http/chat-response",
              "The answer is shaped for one client and lacks what others need.",
              HttpCases::response,
              Need.HTTP),
          Case.of(
              "http/same-agent",
              "HTTP and socket have each their own agent, or prompts.",
              HttpCases::sameAgent,
              Need.HTTP),
          Case.of(
              "http/same-ids",
              "Ids of the socket are not looked up by HTTP: a retry by the other way runs twice.",
              HttpCases::sameIds,
              Need.HTTP),
          Case.of(
              "http/same-order",
              "HTTP starts its run beside the one that the socket started.",
              HttpCases::sameOrder,
              Need.HTTP,
              Need.SLOW_ANSWER),
          Case.of(
              "http/transport-answer",
              "Clients are not told how to connect, or in other words.",
              HttpCases::transport,
              Need.HTTP),
          Case.of(
              "http/transport-lists-subprotocols",
              "The list is missing: clients cannot know that resume is spoken.",
              b -> {
                JsonNode answer = b.http().json("/api/transport?user_id=ana");
                if (!answer.path("subprotocols").isArray()) {
                  throw new Mismatch("a list of subprotocols", answer.toString());
                }
              },
              Need.HTTP),
          Case.of("http/health", "There is no /health.", b -> answers200(b, "/health"), Need.HTTP),
          Case.of("http/ready", "There is no /ready.", b -> answers200(b, "/ready"), Need.HTTP),
          Case.of(
              "http/metrics",
              "There is no /metrics, or not in the Prometheus text format.",
              HttpCases::metrics,
              Need.HTTP),
          Case.of("http/front-page", "There is nothing at /.", b -> answers200(b, "/"), Need.HTTP),
          Case.of(
              "http/admin-without-bearer-is-local",
              "Whoever can send a request through a proxy or a web page can turn the flag.",
              HttpCases::adminIsLocal,
              Need.HTTP),
          Case.of(
              "http/admin-rollout-reads",
              "The state of the flag cannot be read.",
              b -> {
                JsonNode answer = Http.object("GET /admin/rollout", admin(b), 200);
                if (!answer.path("enabled").isBoolean() || !answer.path("percent").isNumber()) {
                  throw new Mismatch("enabled and percent", answer.toString());
                }
              },
              Need.HTTP));

  private HttpCases() {}

  private static JsonNode post(Bench b, com.fasterxml.jackson.databind.node.ObjectNode message)
      throws Finds, InterruptedException {
    HttpResponse<String> response = b.http().chat(message).get(3 * b.pace().patienceMs());
    return Http.object("POST /api/chat", response, 200);
  }

  private static void allFields(Bench b) throws Finds, InterruptedException {
    var message = Http.message(b.session(), b.plain()).put("user_id", "ana").put("id", "h-1");
    message.putArray("message_history").addObject().put("role", "user").put("content", "hello");
    post(b, message.put("mood", "curious"));
  }

  private static void badBodies(Bench b) throws Finds, InterruptedException {
    for (String body : List.of("not JSON", "[]", "{}", "{\"message\":\"\"}", "{\"message\":7}")) {
      int status = b.http().send("POST", "/api/chat", body).get().statusCode();
      if (status < 400 || status >= 500) {
        throw new Mismatch("a status from 400 to 499 for " + body, "HTTP " + status);
      }
    }
    post(b, Http.message(b.session(), b.plain()));
  }

  private static void response(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    JsonNode answer = post(b, Http.message(session, b.plain()));
    boolean good =
        answer.path("response").isTextual()
            && answer.path("artifacts").isArray()
            && answer.path("session_id").asText().equals(session)
            && answer.path("run_id").isTextual()
            && answer.path("tools").isArray();
    if (!good) {
      throw new Mismatch("response, artifacts, session_id, run_id and tools", answer.toString());
    }
  }

  private static void sameAgent(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.plain());
    String bySocket = t.answer().data("content").asText();
    String byHttp = post(b, Http.message(b.session(), b.plain())).path("response").asText();
    Talk again = b.connect();
    again.says(b.plain());
    if (!again.answer().data("content").asText().equals(bySocket)) {
      throw new Inapplicable("the agent answers the same words differently each time");
    }
    if (!byHttp.equals(bySocket)) {
      throw new Mismatch("the answer of the socket, '" + bySocket + "'", "'" + byHttp + "'");
    }
  }

  private static void sameIds(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk t = b.connect(session);
    String id = t.says(b.plain());
    Event.Text end = t.answer();
    JsonNode again = post(b, Http.message(session, b.plain()).put("id", id));
    String run = end.field("run_id");
    boolean same =
        run.isEmpty()
            ? again.path("response").equals(end.data("content"))
            : again.path("run_id").asText().equals(run);
    if (!same) {
      throw new Mismatch("the result of run " + run, again.toString());
    }
    t.quiet("new run", Event.Text::isOfRun);
  }

  private static void sameOrder(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk t = b.connect(session);
    t.says(b.slow());
    t.stillHears();
    Http.Pending posted = b.http().chat(Http.message(session, b.plain()));
    t.answer(3 * t.patienceMs());
    long endedMs = b.log().nowMs();
    if (posted.response().isDone() && endedMs > 500 && !justEnded(b, endedMs)) {
      throw new Mismatch("the POST to wait for the run before it", "it was answered first");
    }
    Http.object("POST /api/chat", posted.get(3 * t.patienceMs()), 200);
  }

  /** Both may be done when one looks; what the log saw first counts. */
  private static boolean justEnded(Bench b, long endedMs) {
    return b.log().lines().stream()
        .filter(line -> line.connection().equals("http") && line.text().startsWith("200"))
        .allMatch(line -> line.atMs() >= endedMs - 50);
  }

  private static void transport(Bench b) throws Finds, InterruptedException {
    JsonNode answer = b.http().json("/api/transport?user_id=ana");
    boolean good =
        List.of("websocket", "http").contains(answer.path("transport").asText())
            && answer.path("url").asText().startsWith("ws")
            && answer.path("rollout_percent").isNumber();
    for (String number :
        List.of("heartbeat_interval_ms", "reconnect_interval_ms", "max_reconnect_attempts")) {
      good &= answer.path(number).isIntegralNumber();
    }
    if (!good) {
      throw new Mismatch("all six fields of their kind", answer.toString());
    }
  }

  private static void answers200(Bench b, String path) throws Finds, InterruptedException {
    int status = b.http().get(path).statusCode();
    if (status != 200) {
      throw new Mismatch("GET " + path + " to answer 200", "HTTP " + status);
    }
  }

  private static void metrics(Bench b) throws Finds, InterruptedException {
    HttpResponse<String> response = b.http().get("/metrics");
    boolean lines =
        response
            .body()
            .lines()
            .allMatch(l -> l.isBlank() || l.startsWith("#") || l.matches("[a-zA-Z_:][^ ]* .+"));
    if (response.statusCode() != 200 || !lines || response.body().isBlank()) {
      throw new Mismatch("200 and the Prometheus text format", "HTTP " + response.statusCode());
    }
  }

  /** The state of the flag; where nobody answers that, or only with a bearer, nothing is asked. */
  private static HttpResponse<String> admin(Bench b) throws Finds, InterruptedException {
    HttpResponse<String> open = b.http().get("/admin/rollout");
    if (open.statusCode() != 200) {
      throw new Inapplicable("GET /admin/rollout answers " + open.statusCode() + " without bearer");
    }
    return open;
  }

  private static void adminIsLocal(Bench b) throws Finds, InterruptedException {
    admin(b);
    for (String header : FOREIGN) {
      String value = header.equals("Origin") ? "https://evil.example" : "for=203.0.113.7";
      int status = b.http().send("GET", "/admin/rollout", "", header, value).get().statusCode();
      if (status < 400) {
        throw new Mismatch("a refusal of what carries " + header, "HTTP " + status);
      }
    }
  }
}
