package dev.holdfast.protocol.codec;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Member;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Message.Artifact;
import dev.holdfast.protocol.frame.Message.Stream.State;
import dev.holdfast.protocol.frame.Message.Turn;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import java.util.ArrayList;
import java.util.List;

/** One frame of every kind, with every field in use. */
final class SampleFrames {
  private SampleFrames() {}

  private static final Envelope FULL =
      Envelope.at("2026-01-01T00:00:00.000Z")
          .withSession("s.1")
          .withId("m-1")
          .withSeq(Envelope.MAX_POSITION)
          .withAck(0)
          .withReplyTo("p_1")
          .withRun("run/1 of ü")
          .withOrigin(Envelope.PUSH)
          .asReplay();

  private static final ToolExecution TOOL =
      new ToolExecution("search", "t1", "completed", "{\"hits\":[1,2.5,null,true,\"x\"]}");

  private static final Resumption RESET =
      new Resumption(
          Resumption.Outcome.RESET,
          Resumption.Reason.EPOCH_CHANGED,
          true,
          "e1",
          "0123456789abcdef01234567",
          3,
          9,
          new Resumption.Limits(1, 2, 3, 4, 5, 6, 7),
          List.of("cancel", "tokens"));

  private static final List<Body> BODIES =
      List.of(
          new Body.Ping(),
          new Body.Pong(),
          Message.said("\"quoted\" \\ \u0000 \u2028 \ud83d\ude00 </script>"),
          new Message(
              "hi",
              "s1",
              List.of(new Turn("user", "a"), new Turn("agent", "b")),
              List.of(),
              null,
              null,
              null),
          Message.answer(
              "", List.of(new Artifact("story", "{\"key\":\"A-1\"}"), new Artifact("n", "null"))),
          new Message("echo", null, List.of(), List.of(), "user", null, null),
          Message.piece(State.START, 0, "a"),
          Message.piece(State.DELTA, 1, ""),
          Message.piece(State.END, Integer.MAX_VALUE, ""),
          Message.piece(State.ABORTED, 7, ""),
          TOOL,
          new ToolExecution("search", null, "pending", null),
          new Failure("No.", "busy", true, false),
          new Failure("Who knows?", null, false, true),
          new Status.Connected("s1", 30_000, "Connected", null),
          new Status.Connected(null, 0, null, RESET),
          new Status.Processing("planning", "Planning", List.of("one", "two")),
          new Status.Processing(null, null, List.of()),
          new Status.Hello("tab", 3, "secret", "e1", 7, 2, List.of("tokens")),
          new Status.Hello("tab", 1, null, null, 0, 0, List.of()),
          new Status.Ack(4, true),
          new Status.Ack(0, false),
          new Status.CaughtUp(12),
          new Status.Snapshot(List.of(), false),
          new Status.Snapshot(
              List.of(
                  new SnapshotRun("r2", "m2", "running", "so far", List.of(), List.of(TOOL), null),
                  new SnapshotRun(
                      "r1",
                      null,
                      "failed",
                      "",
                      List.of(new Artifact("a", "[]")),
                      List.of(),
                      Failure.of("agent_failed", "No."))),
              true),
          new Status.Drain(5_000),
          new Status.Cancel("r1"),
          new Status.Cancel(null),
          new Status.Presence(
              List.of(new Member("ana", 2, "2026-01-01T00:00:00.000Z"), new Member("bo", 1, ""))),
          new Status.Presence(List.of()),
          new Status.Other("typing"));

  static List<Frame> all() {
    List<Frame> frames = new ArrayList<>();
    for (Body body : BODIES) {
      frames.add(new Frame(FULL, body));
      frames.add(new Frame(Envelope.EMPTY, body));
    }
    return frames;
  }
}
