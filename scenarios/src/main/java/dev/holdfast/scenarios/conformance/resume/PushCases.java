package dev.holdfast.scenarios.conformance.resume;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.net.http.HttpResponse;
import java.util.List;

/** Capability push, for servers that declare it and take it without a bearer. */
final class PushCases {
  private static final List<String> FOREIGN = List.of("Forwarded", "X-Forwarded-For", "Origin");

  static final List<Case> ALL =
      List.of(
          Case.of(
              "push/server-starts-a-run",
              "Frames of a pushed run look like those of any other.",
              b -> {
                Visit visit = listening(b);
                String run = taken(b, pushes(b, visit, "p-1")).path("run_id").asText();
                visit.expect("the end of run " + run, e -> isEndOf(e, run), 5_000);
                for (Event.Text frame : visit.talk.heard()) {
                  boolean ofIt = frame.field("run_id").equals(run);
                  if (ofIt && !frame.data("origin").asText().equals("push")) {
                    throw new Mismatch("data.origin push on each frame of the run", frame.text());
                  }
                }
              },
              Need.PUSH,
              Need.HTTP),
          Case.of(
              "push/over-http",
              "A push is not taken, or leads to nothing.",
              b -> {
                Visit visit = listening(b);
                String run = taken(b, pushes(b, visit, "p-1")).path("run_id").asText();
                Event.Text end = visit.expect("the end of run " + run, e -> isEndOf(e, run), 5_000);
                if (!end.isAnswer() || end.seq() == 0) {
                  throw new Mismatch("an answer in a position", end.text());
                }
              },
              Need.PUSH,
              Need.HTTP),
          Case.of(
              "push/asked-twice-runs-once",
              "Whoever repeats a push after a lost answer makes the agent speak twice.",
              b -> {
                Visit visit = listening(b);
                String run = taken(b, pushes(b, visit, "p-1")).path("run_id").asText();
                visit.expect("the end of run " + run, e -> isEndOf(e, run), 5_000);
                String again = taken(b, pushes(b, visit, "p-1")).path("run_id").asText();
                if (!again.equals(run)) {
                  throw new Mismatch("run_id " + run + " again", again);
                }
                visit.quiet("second run", e -> e.isOfRun() && !e.field("run_id").equals(run));
              },
              Need.PUSH,
              Need.HTTP),
          Case.of(
              "push/unknown-session-is-404",
              "A push to nobody is said to be taken.",
              b -> {
                taken(b, pushes(b, listening(b), "p-1"));
                String plain = b.session();
                b.connect(plain);
                HttpResponse<String> nobody = push(b, plain, "p-1");
                if (nobody.statusCode() != 404) {
                  throw new Mismatch("HTTP 404", "HTTP " + nobody.statusCode());
                }
              },
              Need.PUSH,
              Need.HTTP),
          Case.of(
              "push/needs-the-admin",
              "Whoever can send a request through a proxy or a web page can have the agent speak.",
              PushCases::isGuarded,
              Need.PUSH,
              Need.HTTP));

  private PushCases() {}

  private static Visit listening(Bench b) throws Finds, InterruptedException {
    return Person.in(b).with("push").visits();
  }

  private static boolean isEndOf(Event.Text frame, String run) {
    return frame.isEnd() && frame.field("run_id").equals(run);
  }

  private static HttpResponse<String> pushes(Bench b, Visit visit, String id)
      throws Finds, InterruptedException {
    return push(b, visit.connected.data("session_id").asText(), id);
  }

  private static HttpResponse<String> push(Bench b, String session, String id, String... headers)
      throws Finds, InterruptedException {
    String body = Json.object().put("message", b.plain()).put("id", id).toString();
    return b.http().send("POST", "/api/sessions/" + session + "/push", body, headers).get();
  }

  /** The answer to a push; a target that wants a bearer cannot be judged. */
  private static JsonNode taken(Bench b, HttpResponse<String> response) throws Finds {
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new Inapplicable("POST /api/sessions/{id}/push answers " + status + " without bearer");
    }
    JsonNode body = Json.readOrNull(response.body());
    if (status < 200 || status > 299 || body == null || body.path("run_id").asText().isEmpty()) {
      throw new Mismatch("2xx with a run_id", "HTTP " + status + " " + response.body());
    }
    b.log().note("http", "run " + body.path("run_id").asText());
    return body;
  }

  private static void isGuarded(Bench b) throws Finds, InterruptedException {
    Visit visit = listening(b);
    String session = visit.connected.data("session_id").asText();
    taken(b, push(b, session, "p-1"));
    for (String header : FOREIGN) {
      String value = header.equals("Origin") ? "https://evil.example" : "for=203.0.113.7";
      int status = push(b, session, "p-" + header, header, value).statusCode();
      if (status < 400) {
        throw new Mismatch("a refusal of what carries " + header, "HTTP " + status);
      }
    }
  }
}
