package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;

/** Section resume: resets and snapshots; and the capabilities that ride on resume. */
final class ResetCases {
  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
                  "resume/client-takes-top-seq",
                  "After a reset the client counts on from its own last position.",
                  ResetCases::takesTop)
              .quick(50),
          ClientCase.of(
                  "resume/reset-waits-for-its-snapshot",
                  "A reset is believed before its snapshot is there.",
                  ResetCases::unseenSnapshot)
              .quick(50),
          ClientCase.of(
                  "resume/ids-kept-resends",
                  "A reset empties what was not acknowledged.",
                  ResetCases::idsKept)
              .quick(50),
          ClientCase.of(
                  "resume/ids-lost-is-indeterminate",
                  "What may have been done is sent again, or given up without a word.",
                  ResetCases::idsLost)
              .needing(ClientCase.SETTLED)
              .quick(50),
          ClientCase.of(
                  "resume/ids-lost-sends-the-unsent",
                  "A reset empties the queue.",
                  ResetCases::unsentGoes)
              .quick(50),
          ClientCase.of(
                  "resume/lost-on-reset-is-told",
                  "A message that the server lost is waited for without end.",
                  ResetCases::lostIsTold)
              .needing(ClientCase.SETTLED)
              .quick(50),
          ClientCase.of(
              "tokens/piece-replaces-from-offset",
              "Pieces that start at 0 again are skipped or appended.",
              ResetCases::pieces),
          ClientCase.of("cancel/request", "The wish to cancel is not sent.", ResetCases::cancels));

  private ResetCases() {}

  /** A connection that answers the hello with a reset, its snapshot not yet sent. */
  private static Visit resetting(ClientBench b, String reason, boolean idsKept) throws Exception {
    Visit visit = b.visit().accept();
    visit.hello();
    ObjectNode frame = b.talk().connected("reset", b.pace().intervalMs(), b.pace().pongMs());
    ((ObjectNode) frame.path("data")).put("reason", reason).put("ids_kept", idsKept);
    visit.frame(frame);
    return visit;
  }

  private static void snapshot(Visit visit, Object... runs) throws Exception {
    visit.frame(Json.frame("status", "status", "snapshot", "runs", List.of(runs)));
  }

  private static void takesTop(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    first.reset();
    b.talk().topSeq = 40;
    b.talk().kept.clear();
    Visit second = resetting(b, "overflow", true);
    snapshot(second);
    b.isShown(second, "after-it");
    PositionCases.ackOf(second, 41);
  }

  private static void unseenSnapshot(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    first.reset();
    b.talk().topSeq = 40;
    Visit second = resetting(b, "overflow", true);
    b.client().rest(100);
    second.reset();
    JsonNode hello = b.visit(2).accept().hello();
    require(HelloCases.ack(hello).asLong() == 1, "a hello that still says ack 1", hello);
  }

  /** Says m1, unacknowledged, and loses the connection; then the queue gets m2. */
  private static int unacked(ClientBench b) throws Exception {
    b.talk().acks = false;
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    int n = b.client().send("m1");
    first.message();
    b.talk().heard = 0;
    b.talk().kept.clear();
    first.reset();
    b.client().state("reconnecting", b.patienceMs());
    b.client().send("m2");
    return n;
  }

  private static void idsKept(ClientBench b) throws Exception {
    unacked(b);
    String id = idOf(b, "m1");
    Visit second = resetting(b, "overflow", true);
    snapshot(second);
    JsonNode again = second.message();
    require(again.path("id").asText().equals(id), "m1 again, with its id", again);
  }

  private static String idOf(ClientBench b, String content) {
    return b.texts().stream()
        .filter(t -> t.data("content").asText().equals(content))
        .findFirst()
        .map(t -> t.json().path("id").asText())
        .orElse("");
  }

  private static void newEpoch(ClientBench b) {
    b.talk().epoch = "e2";
    b.talk().topSeq = 0;
    b.talk().heard = 0;
  }

  private static void idsLost(ClientBench b) throws Exception {
    int n = unacked(b);
    newEpoch(b);
    Visit second = resetting(b, "epoch_changed", false);
    snapshot(second);
    indeterminate(b, n);
    String next = second.message().path("data").path("content").asText();
    require(next.equals("m2"), "m2 and not what may have been done", next);
  }

  private static void indeterminate(ClientBench b, int n) throws Exception {
    b.client()
        .expect(
            "the outcome indeterminate for command " + n,
            t ->
                t.event().equals("settled")
                    && t.isAbout(n)
                    && t.data().path("outcome").asText().equals("indeterminate"),
            b.patienceMs());
  }

  private static void unsentGoes(ClientBench b) throws Exception {
    unacked(b);
    newEpoch(b);
    Visit second = resetting(b, "epoch_changed", false);
    snapshot(second);
    second.next("m2", t -> t.data("content").asText().equals("m2"), b.patienceMs());
  }

  private static void lostIsTold(ClientBench b) throws Exception {
    Visit first = b.greeted();
    int n = b.client().send("m1");
    first.message();
    b.client().rest(100);
    first.reset();
    b.talk().topSeq = 10;
    Visit second = resetting(b, "overflow", true);
    snapshot(second);
    indeterminate(b, n);
  }

  private static void pieces(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    piece(visit, "start", 0, "piece-one ");
    piece(visit, "delta", 10, "piece-two");
    piece(visit, "start", 0, "piece-three, which holds all");
    for (String one : List.of("piece-one", "piece-two", "piece-three")) {
      b.client().expect("the delivery of " + one, t -> t.shows(one), b.patienceMs());
    }
  }

  private static void piece(Visit visit, String state, int offset, String delta) throws Exception {
    ObjectNode frame = Json.frame("message", "delta", delta);
    ((ObjectNode) frame.path("data")).putObject("stream").put("state", state).put("offset", offset);
    visit.frame(frame.put("run_id", "run-7"));
  }

  private static void cancels(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    b.client().send("hello");
    JsonNode message = visit.message();
    Transcripts.cancel(b, visit, message, "run-7");
    JsonNode cancel = visit.next("a cancel", t -> t.isStatus("cancel"), b.patienceMs()).json();
    require(cancel.path("data").path("run_id").asText().equals("run-7"), "run_id run-7", cancel);
  }
}
