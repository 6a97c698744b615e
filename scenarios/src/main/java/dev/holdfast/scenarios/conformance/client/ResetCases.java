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
                  "After a reset the client counts on from its own last position.")
              .given(
                  "a reset came with top_seq 40 and its snapshot, and a frame after it",
                  b -> {
                    Visit second = resetTo40(b);
                    snapshot(second);
                    return second;
                  })
              .then((b, second) -> {
                b.isShown(second, "after-it");
                PositionCases.ackOf(b, second, 41);
              })
              .quick(50),
          ClientCase.of(
                  "resume/reset-waits-for-its-snapshot",
                  "A reset is believed before its snapshot is there.")
              .given(
                  "a reset came, and the connection was lost before its snapshot",
                  b -> {
                    Visit second = resetTo40(b);
                    b.client().rest(100);
                    second.reset();
                    return b.visit(2).accept().hello();
                  })
              .then((b, hello) ->
                  require(
                      HelloCases.ack(hello).asLong() == 1, "a hello that still says ack 1", hello))
              .quick(50),
          ClientCase.of("resume/ids-kept-resends", "A reset empties what was not acknowledged.")
              .given(
                  "a message was written and not acked when a reset with ids_kept came",
                  b -> {
                    unacked(b);
                    Visit second = resetting(b, "overflow", true);
                    snapshot(second);
                    return second;
                  })
              .then((b, second) -> {
                String id = idOf(b, "m1");
                JsonNode again = second.message();
                require(again.path("id").asText().equals(id), "m1 again, with its id", again);
              })
              .quick(50),
          ClientCase.of(
                  "resume/ids-lost-is-indeterminate",
                  "What may have been done is sent again, or given up without a word.")
              .given(
                  "a message was written and not acked when a reset with ids_kept false came",
                  ResetCases::idsLost)
              .then((b, lost) -> {
                String next = lost.visit.message().path("data").path("content").asText();
                require(next.equals("m2"), "m2 and not what may have been done", next);
                indeterminate(b, lost.command);
              })
              .needing(ClientCase.SETTLED)
              .quick(50),
          ClientCase.of("resume/ids-lost-sends-the-unsent", "A reset empties the queue.")
              .given(
                  "a message waited unsent when a reset with ids_kept false came",
                  ResetCases::idsLost)
              .then((b, lost) ->
                  lost.visit.next(
                      "m2", t -> t.data("content").asText().equals("m2"), b.patienceMs()))
              .quick(50),
          ClientCase.of(
                  "resume/lost-on-reset-is-told",
                  "A message that the server lost is waited for without end.")
              .given(
                  "a message was acked, and the snapshot of a reset does not list it",
                  b -> {
                    Visit first = b.greeted();
                    int n = b.client().send("m1");
                    first.message();
                    b.client().rest(100);
                    first.reset();
                    b.talk().topSeq = 10;
                    Visit second = resetting(b, "overflow", true);
                    snapshot(second);
                    return n;
                  })
              .then((b, n) -> indeterminate(b, n))
              .needing(ClientCase.SETTLED)
              .quick(50),
          ClientCase.of(
                  "tokens/piece-replaces-from-offset",
                  "Pieces that start at 0 again are skipped or appended.")
              .given(
                  "three pieces of an answer were sent, the third from offset 0",
                  b -> {
                    Visit visit = b.greeted();
                    piece(visit, "start", 0, "piece-one ");
                    piece(visit, "delta", 10, "piece-two");
                    piece(visit, "start", 0, "piece-three, which holds all");
                    return b.client();
                  })
              .then((b, client) -> {
                for (String one : List.of("piece-one", "piece-two", "piece-three")) {
                  client.expect("the delivery of " + one, t -> t.shows(one), b.patienceMs());
                }
              }),
          ClientCase.of("cancel/request", "The request to cancel is not sent.")
              .given(
                  "a run was in progress, and the user cancelled it",
                  b -> {
                    Visit visit = b.greeted();
                    b.client().send("hello");
                    Transcripts.cancel(b, visit, visit.message(), "run-7");
                    return visit;
                  })
              .then((b, visit) -> {
                JsonNode cancel =
                    visit.next("a cancel", t -> t.isStatus("cancel"), b.patienceMs()).json();
                String run = cancel.path("data").path("run_id").asText();
                require(run.equals("run-7"), "run_id run-7", cancel);
              }));

  private ResetCases() {}

  /** A message written and not acked, of which the server lost the id. */
  private record Lost(Visit visit, int command) {}

  /** A connection that answers the hello with a reset, whose snapshot is not sent yet. */
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

  private static Visit resetTo40(ClientBench b) throws Exception {
    Scenes.hearing(b, "before-it").reset();
    b.talk().topSeq = 40;
    b.talk().kept.clear();
    return resetting(b, "overflow", true);
  }

  private static Lost idsLost(ClientBench b) throws Exception {
    int n = unacked(b);
    newEpoch(b);
    Visit second = resetting(b, "epoch_changed", false);
    snapshot(second);
    return new Lost(second, n);
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

  private static void piece(Visit visit, String state, int offset, String delta) throws Exception {
    ObjectNode frame = Json.frame("message", "delta", delta);
    ((ObjectNode) frame.path("data")).putObject("stream").put("state", state).put("offset", offset);
    visit.frame(frame.put("run_id", "run-7"));
  }
}
