package dev.holdfast.scenarios.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.wire.Json;

/** Conversations, or pieces of them, that several cases have in common. */
final class Transcripts {
  private Transcripts() {}

  /** Two connections, messages, an answer each, pings both ways. */
  static void converse(ClientBench b) throws Exception {
    Visit first = b.greeted();
    for (String said : new String[] {"hello", "Zażółć gęślą jaźń 🙂 \"quoted\" \n and more"}) {
      b.client().send(said);
      first.answers(first.message(), "answer to it");
    }
    first.frame(Json.frame("ping").put("id", "s1"));
    // A client that answers no ping, or late, still sends what is judged here.
    first.read(t -> t.type().equals("pong"), b.patienceMs());
    if (b.pace().intervalMs() <= 1_000) {
      first.read(t -> t.type().equals("ping"), 1_000 + b.patienceMs());
    }
    b.client().send("one that is not answered");
    first.message();
    first.reset();
    Visit second = b.greeted();
    b.client().send("hello again");
    JsonNode next = second.message();
    while (!next.path("data").path("content").asText().equals("hello again")) {
      // What was not acknowledged or answered may come once more, and the rest only behind its end.
      second.answers(next, "answer to it");
      next = second.message();
    }
    second.says("and good bye");
    b.client().expect("the last frame", t -> t.shows("and good bye"), b.patienceMs());
    b.client().rest(300);
  }

  /** The run of a message is in progress, and the user cancels it. */
  static void cancel(ClientBench b, Visit visit, JsonNode message, String run) throws Exception {
    visit.ofRun(
        run,
        Visit.naming(message, Json.frame("status", "status", "processing", "stage", "planning")));
    b.client().rest(100);
    b.client().cancel(run);
  }
}
