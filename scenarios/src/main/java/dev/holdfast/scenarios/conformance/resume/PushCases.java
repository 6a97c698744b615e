package dev.holdfast.scenarios.conformance.resume;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.net.http.HttpResponse;
import java.util.List;

/** Capability push, for servers that declare it and take it without a bearer. */
final class PushCases {
  private static final List<String> FOREIGN = List.of("Forwarded", "X-Forwarded-For", "Origin");

  private static final Situation<Bench, Pushed> PUSHED =
      new Situation<>(
          "a push to a client that negotiated push was taken, and the run that it names ended",
          b -> {
            Visit visit = listening(b);
            String run = runOf(visit, "p-1");
            end(visit, run);
            return new Pushed(visit, run);
          });

  static final List<Case> ALL =
      List.of(
          Case.of(
                  "push/server-starts-a-run",
                  "Frames of a pushed run look like those of any other.",
                  Need.PUSH,
                  Need.HTTP)
              .given(PUSHED)
              .then((b, pushed) -> {
                for (Event.Text frame : pushed.visit().talk.heard()) {
                  boolean ofIt = frame.field("run_id").equals(pushed.run());
                  if (ofIt && !frame.data("origin").asText().equals("push")) {
                    throw new Mismatch("data.origin push on each frame of the run", frame.text());
                  }
                }
              }),
          Case.of(
                  "push/over-http",
                  "A push is not taken, or leads to nothing.",
                  Need.PUSH,
                  Need.HTTP)
              .given("a client negotiated push", PushCases::listening)
              .then((b, visit) -> {
                Event.Text end = end(visit, runOf(visit, "p-1"));
                if (!end.isAnswer() || end.seq() == 0) {
                  throw new Mismatch("an answer in a position", end.text());
                }
              }),
          Case.of(
                  "push/asked-twice-runs-once",
                  "A client that repeats a push after a lost answer makes the agent speak twice.",
                  Need.PUSH,
                  Need.HTTP)
              .given(PUSHED)
              .then((b, pushed) -> {
                String again = runOf(pushed.visit(), "p-1");
                if (!again.equals(pushed.run())) {
                  throw new Mismatch("run_id " + pushed.run() + " again", again);
                }
                pushed
                    .visit()
                    .quiet(
                        "second run", e -> e.isOfRun() && !e.field("run_id").equals(pushed.run()));
              }),
          Case.of(
                  "push/unknown-session-is-404",
                  "A push to a session without a client is taken.",
                  Need.PUSH,
                  Need.HTTP)
              .given(
                  "a push to a resume session was taken, and another session was opened in core",
                  b -> {
                    runOf(listening(b), "p-1");
                    String plain = b.session();
                    b.connect(plain);
                    return plain;
                  })
              .then((b, plain) -> {
                int status = push(b, plain, "p-1").statusCode();
                if (status != 404) {
                  throw new Mismatch("HTTP 404", "HTTP " + status);
                }
              }),
          Case.of(
                  "push/needs-the-admin",
                  "A request through a proxy or from a web page can have the agent speak.",
                  Need.PUSH,
                  Need.HTTP)
              .given(
                  "a push without a bearer was taken",
                  b -> {
                    b.http().sendsNoBearer();
                    Visit visit = listening(b);
                    runOf(visit, "p-1");
                    return visit;
                  })
              .then(PushCases::isGuarded));

  private PushCases() {}

  private record Pushed(Visit visit, String run) {}

  private static Visit listening(Bench b) throws Finds, InterruptedException {
    return Person.in(b).with("push").visits().grants("push");
  }

  private static Event.Text end(Visit visit, String run) throws Finds, InterruptedException {
    return visit.expect(
        "the end of run " + run, e -> e.isEnd() && e.field("run_id").equals(run), visit.slowMs());
  }

  private static HttpResponse<String> push(Bench b, String session, String id, String... headers)
      throws Finds, InterruptedException {
    String body = Json.object().put("message", b.plain()).put("id", id).toString();
    return b.http().send("POST", "/api/sessions/" + session + "/push", body, headers).get();
  }

  /** Pushes and returns the run_id; a target that wants a bearer cannot be judged. */
  private static String runOf(Visit visit, String id) throws Finds, InterruptedException {
    Bench b = visit.person.bench;
    HttpResponse<String> response = push(b, visit.person.session, id);
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new Inapplicable("POST /api/sessions/{id}/push answers " + status + " without bearer");
    }
    JsonNode body = Json.readOrNull(response.body());
    if (status < 200 || status > 299 || body == null || body.path("run_id").asText().isEmpty()) {
      throw new Mismatch("2xx with a run_id", "HTTP " + status + " " + response.body());
    }
    String run = body.path("run_id").asText();
    b.log().note("http", "run " + run);
    return run;
  }

  private static void isGuarded(Bench b, Visit visit) throws Finds, InterruptedException {
    for (String header : FOREIGN) {
      String value = header.equals("Origin") ? "https://evil.example" : "for=203.0.113.7";
      int status = push(b, visit.person.session, "p-" + header, header, value).statusCode();
      if (status < 400) {
        throw new Mismatch("a refusal of what carries " + header, "HTTP " + status);
      }
    }
  }
}
