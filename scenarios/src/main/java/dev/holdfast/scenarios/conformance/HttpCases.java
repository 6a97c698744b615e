package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Section http: the side that people use who are not on the socket yet, or no longer. */
final class HttpCases {
  private static final String TRANSPORT = "/api/transport?user_id=ana";
  private static final List<String> FOREIGN =
      List.of("Origin", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host");

  static final List<Case> ALL =
      Stream.of(chat(), socketToo(), transport(), probes(), admin()).flatMap(List::stream).toList();

  private HttpCases() {}

  private static List<Case> chat() {
    return List.of(
        Case.of(
                "http/chat-request",
                "The fields have other names, or optional ones are demanded.",
                Need.CHAT)
            .given(
                "message and session_id were POSTed",
                b -> b.http().chat(Http.message(b.session(), b.plain())))
            .then(HttpCases::isTaken),
        one("http/chat-request", "all-fields", "An optional field is refused.", Need.CHAT)
            .given("all fields that a chat request may have were POSTed", HttpCases::allFields)
            .then(HttpCases::isTaken),
        one(
                "http/chat-request",
                "bad-bodies",
                "A body that is no JSON raises an exception, which is a 500.",
                Need.CHAT)
            .given("bodies without a message were POSTed", HttpCases::badBodies)
            .then(HttpCases::areRefused),
        Case.of(
                "http/chat-response",
                "The answer is shaped for one client and lacks what others need.",
                Need.CHAT)
            .given(
                "a POST to /api/chat was answered 200",
                b -> {
                  String session = b.session();
                  return new Answered(session, post(b, Http.message(session, b.plain())));
                })
            .then((b, answered) -> answered.isComplete()));
  }

  private static List<Case> socketToo() {
    return List.of(
        Case.of("http/same-agent", "HTTP and socket have each their own agent.", Need.CHAT)
            .given(
                "one message got one answer in two sessions by the socket, and an answer by HTTP",
                HttpCases::answeredByBoth)
            .then((b, answers) -> answers.areEqual()),
        Case.of(
                "http/same-ids",
                "Ids of the socket are not looked up by HTTP: a retry by the other way runs twice.",
                Need.CHAT)
            .given(
                "a message that had ended on the socket was POSTed with its id, and answered",
                Repeated::byHttp)
            .then(Repeated::isTheSame),
        Case.of(
                "http/same-order",
                "HTTP starts its run beside the one that the socket started.",
                Need.CHAT,
                Need.SLOW_ANSWER)
            .given(
                "a quick message was POSTed long before the end of a slow run, and answered",
                Overtaking::attempt)
            .then((b, attempt) -> attempt.failed()));
  }

  private static List<Case> transport() {
    return List.of(
        Case.of(
                "http/transport-answer",
                "Clients are not told how to connect, or in other words.",
                Need.TRANSPORT)
            .given("/api/transport was asked for a user", HttpCases::asked)
            .then(HttpCases::tellsHow),
        Case.of(
                "http/transport-lists-subprotocols",
                "The list is missing: clients cannot know that resume is spoken.",
                Need.TRANSPORT)
            .given("/api/transport answered 200", b -> b.http().json(TRANSPORT))
            .then((b, answer) -> {
              if (!answer.path("subprotocols").isArray()) {
                throw new Mismatch("a list of subprotocols", answer.toString());
              }
            }));
  }

  private static List<Case> probes() {
    return List.of(
        probe("http/health", "There is no /health.", "/health", Need.HEALTH),
        probe("http/ready", "There is no /ready.", "/ready", Need.READY),
        probe("http/front-page", "There is nothing at /.", "/", Need.FRONT_PAGE),
        Case.of(
                "http/metrics",
                "There is no /metrics, or not in the Prometheus text format.",
                Need.METRICS)
            .given(Situations.GREETED)
            .then((b, talk) -> metrics(b)));
  }

  private static Case probe(String clause, String cause, String path, Need need) {
    return Case.of(clause, cause, need)
        .given(Situations.GREETED)
        .then((b, talk) -> {
          int status = b.http().get(path).statusCode();
          if (status != 200) {
            throw new Mismatch("GET " + path + " to answer 200", "HTTP " + status);
          }
        });
  }

  private static List<Case> admin() {
    return List.of(
        Case.of(
                "http/admin-without-bearer-is-local",
                "A request through a proxy or from a web page can set the flag.",
                Need.ADMIN)
            .given(
                "GET /admin/rollout answered 200 without a bearer",
                b -> {
                  b.http().sendsNoBearer();
                  return served(b);
                })
            .then((b, open) -> isLocal(b)),
        Case.of("http/admin-rollout-reads", "The state of the flag cannot be read.", Need.ADMIN)
            .given("GET /admin/rollout was asked and no bearer demanded", HttpCases::open)
            .then((b, response) -> {
              JsonNode answer = Http.object("GET /admin/rollout", response, 200);
              if (!answer.path("enabled").isBoolean() || !answer.path("percent").isNumber()) {
                throw new Mismatch("enabled and percent", answer.toString());
              }
            }));
  }

  /** How long an answer by HTTP may take. */
  static long answerMs(Bench b) throws Finds, InterruptedException {
    return Math.max(3 * b.pace().patienceMs(), b.rehearsed(Stimulus.PLAIN).surelyOverMs());
  }

  /** The answer to a message, which is there. */
  static JsonNode post(Bench b, ObjectNode message) throws Finds, InterruptedException {
    return Http.object("POST /api/chat", b.http().chat(message).get(answerMs(b)), 200);
  }

  private static void isTaken(Bench b, Http.Pending posted) throws Finds, InterruptedException {
    Http.object("POST /api/chat", posted.get(answerMs(b)), 200);
  }

  private static Http.Pending allFields(Bench b) {
    var message = Http.message(b.session(), b.plain()).put("user_id", "ana").put("id", "h-1");
    message.putArray("message_history").addObject().put("role", "user").put("content", "hello");
    return b.http().chat(message);
  }

  private static Map<String, Http.Pending> badBodies(Bench b) {
    Map<String, Http.Pending> posted = new LinkedHashMap<>();
    for (String body : List.of("not JSON", "[]", "{}", "{\"message\":\"\"}", "{\"message\":7}")) {
      posted.put(body, b.http().send("POST", "/api/chat", body));
    }
    return posted;
  }

  private static void areRefused(Bench b, Map<String, Http.Pending> posted)
      throws Finds, InterruptedException {
    for (Map.Entry<String, Http.Pending> one : posted.entrySet()) {
      int status = one.getValue().get().statusCode();
      if (status < 400 || status >= 500) {
        throw new Mismatch("a status from 400 to 499 for " + one.getKey(), "HTTP " + status);
      }
    }
    post(b, Http.message(b.session(), b.plain()));
  }

  /** The answer to a POST that named this session. */
  private record Answered(String session, JsonNode answer) {
    void isComplete() throws Mismatch {
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
  }

  /** What the agent answers to the same words. */
  private record Answers(String bySocket, String byHttp) {
    void areEqual() throws Mismatch {
      if (!byHttp.equals(bySocket)) {
        throw new Mismatch("the answer of the socket, '" + bySocket + "'", "'" + byHttp + "'");
      }
    }
  }

  private static Answers answeredByBoth(Bench b) throws Finds, InterruptedException {
    String first = bySocket(b);
    if (!bySocket(b).equals(first)) {
      throw new Inapplicable("the agent answers the same words differently each time");
    }
    JsonNode answer = post(b, Http.message(b.session(), b.plain()));
    if (!answer.path("response").isTextual()) {
      throw new Unclear("the answer by HTTP has no response: " + answer);
    }
    return new Answers(first, answer.path("response").asText());
  }

  private static String bySocket(Bench b) throws Finds, InterruptedException {
    Talk talk = b.connect();
    talk.says(b.plain());
    return talk.answer().data("content").asText();
  }

  private static Http.Pending asked(Bench b) {
    return b.http().send("GET", TRANSPORT, "");
  }

  private static void tellsHow(Bench b, Http.Pending asked) throws Finds, InterruptedException {
    JsonNode answer = Http.object("GET " + TRANSPORT, asked.get(), 200);
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

  /** What it says of the flag; where a bearer is demanded nothing is asked. */
  static HttpResponse<String> open(Bench b) throws Finds, InterruptedException {
    HttpResponse<String> response = b.http().get("/admin/rollout");
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new Inapplicable("GET /admin/rollout answers " + status + " without a bearer");
    }
    return response;
  }

  /** The same, which is answered. */
  static JsonNode served(Bench b) throws Finds, InterruptedException {
    return Http.object("GET /admin/rollout", open(b), 200);
  }

  private static void isLocal(Bench b) throws Finds, InterruptedException {
    for (String header : FOREIGN) {
      String value = header.equals("Origin") ? "https://evil.example" : "for=203.0.113.7";
      int status = b.http().send("GET", "/admin/rollout", "", header, value).get().statusCode();
      if (status < 400) {
        throw new Mismatch("a refusal of what carries " + header, "HTTP " + status);
      }
    }
  }
}
