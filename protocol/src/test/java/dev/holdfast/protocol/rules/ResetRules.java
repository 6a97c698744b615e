package dev.holdfast.protocol.rules;

import static dev.holdfast.protocol.rules.Rule.client;
import static dev.holdfast.protocol.rules.Rule.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Resumption.Reason;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.AgentEvent;
import java.util.List;
import java.util.stream.LongStream;

/** Coming back to a session that has lost something. */
final class ResetRules {
  private ResetRules() {}

  /** A session whose first tab missed more than is retained: {@code frames} positions. */
  private static Wire overflowed(ServerBench s, int frames) {
    Wire w = s.joined().message(1, "m1", "hi").lost();
    for (int i = 1; i < frames; i++) {
      s.agent(new AgentEvent.Stage("s" + i, "", List.of()));
    }
    s.answers("done");
    return w;
  }

  private static ClientBench awaitingReset(ClientBench c) {
    c.joined().says("m1", "a").says("m2", "b").acks(1).back();
    return c.says("m3", "c");
  }

  private static ClientBench reset(ClientBench c, boolean idsKept, SnapshotRun... runs) {
    c.greets(Resumption.Outcome.RESET, Reason.OVERFLOW, idsKept, "e1", 1, 7);
    return c.hears(ClientBench.at(), new Status.Snapshot(List.of(runs), false));
  }

  private static SnapshotRun run(String id, String state) {
    return new SnapshotRun("r-" + id, id, state, "yes", List.of(), List.of(), null);
  }

  static final List<Rule> ALL =
      List.of(
          server(
              "resume/reset-has-a-reason",
              "overflow, with its ids",
              s -> {
                Resumption r = s.open().helloAfter(overflowed(s, 1_001), 2, 0).resumption();
                assertEquals(Resumption.Outcome.RESET, r.outcome());
                assertEquals(Reason.OVERFLOW, r.reason());
                assertTrue(r.idsKept());
              }),
          server(
              "resume/reset-is-told-until-known",
              "expired, until the client took note of it",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.answers("done");
                w.lost();
                s.pass(121_000);
                Wire lost = s.open().helloAfter(w, 2, 1);
                assertEquals(Reason.EXPIRED, lost.resumption().reason());
                assertFalse(lost.resumption().idsKept());
                Wire again = s.open().helloAfter(w, 3, 1);
                assertEquals(Reason.EXPIRED, again.resumption().reason(), "connected was lost");
                Wire after = s.open().helloAfter(w, 4, again.resumption().topSeq());
                assertEquals(Resumption.Outcome.RESUMED, after.resumption().outcome());
              }),
          server(
              "resume/reset-is-told-until-known",
              "unknown, and epoch_changed until it was heard",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.crashed("e2");
                Wire first = s.open().helloAfter(w, 2, 1);
                assertEquals(Reason.UNKNOWN, first.resumption().reason());
                Wire again = s.open().hello("tab1", 3, null, "e1", 1);
                assertEquals(Reason.EPOCH_CHANGED, again.resumption().reason());
                assertFalse(again.resumption().idsKept());
              }),
          server(
              "resume/reset-on-overflow",
              "the first of frames and bytes",
              s -> {
                Wire w = overflowed(s, 1_000);
                assertNull(s.open().helloAfter(w, 2, 0).resumption().reason());
                s.post("h1", w.token(), "h1", "hi");
                s.agent(new AgentEvent.Answer("x".repeat(1 << 20), List.of()));
                assertEquals(Reason.OVERFLOW, s.open().helloAfter(w, 3, 5).resumption().reason());
              }),
          server(
              "resume/ack-below-retention-is-a-reset",
              "for a tab that never was here",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                PositionRules.work(s);
                w.ack(5);
                Wire other = s.open().hello("tab2", 1, w.token(), "e1", 2);
                assertEquals(Reason.OVERFLOW, other.resumption().reason());
              }),
          server(
              "resume/reset-on-overflow",
              "for a tab that comes later, when an epoch was lost",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.crashed("e2");
                s.post("h1", null, "m2", "hi");
                s.answers("done");
                Wire back = s.open().hello("tab1", 2, w.token(), "e1", 1);
                assertEquals(Reason.EPOCH_CHANGED, back.resumption().reason());
                Wire other = s.open().hello("tab2", 1, back.token(), null, 0);
                assertEquals(Reason.OVERFLOW, other.resumption().reason());
                assertEquals(1, other.frames(Status.Snapshot.class).size());
              }),
          server(
              "resume/ack-above-the-top-is-a-reset",
              "epoch_changed, numbers go on",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.answers("done");
                Wire again = s.open().helloAfter(w, 2, 9);
                assertEquals(Reason.EPOCH_CHANGED, again.resumption().reason());
                assertEquals(1, again.resumption().topSeq());
                assertEquals(1, again.resumption().ack());
              }),
          server(
              "resume/reset-replays-nothing",
              "not even what is still there",
              s -> {
                Wire again = s.open().helloAfter(overflowed(s, 1_001), 2, 0);
                assertEquals(List.of(), again.positions());
                assertEquals(List.of(), again.frames(Status.CaughtUp.class));
              }),
          server(
              "resume/reset-keeps-numbering",
              "of both directions",
              s -> {
                Wire again = s.open().helloAfter(overflowed(s, 1_001), 2, 0);
                assertEquals(1_001, again.resumption().topSeq());
                assertEquals(1, again.resumption().ack());
                again.message(2, "m2", "hi");
                s.answers("done");
                assertEquals(List.of(1_002L), again.positions());
              }),
          client(
              "resume/client-takes-top-seq",
              "what follows it is next",
              c -> {
                reset(awaitingReset(c), true).stage(8);
                assertEquals(0, c.left());
                assertEquals(2, c.delivered().size(), "the snapshot and the frame");
                c.pass(1_000);
                assertEquals(8, c.acked());
              }),
          client(
              "resume/client-takes-top-seq",
              "and the server learns of it soon",
              c -> {
                reset(awaitingReset(c), true).pass(1_000);
                assertEquals(7, c.acked());
              }),
          client(
              "resume/reset-waits-for-its-snapshot",
              "and is as if it had not been said",
              c -> {
                awaitingReset(c)
                    .greets(Resumption.Outcome.RESET, Reason.OVERFLOW, false, "e2", 0, 7);
                assertEquals(List.of(), c.told(ClientOutput.Settled.class));
                c.back();
                assertEquals(0, c.hello().ack());
                assertEquals("e1", c.hello().epoch());
                assertEquals("token-of-e2", c.hello().resumeToken());
              }),
          server(
              "resume/snapshot-follows-reset",
              "as the very next frame",
              s -> {
                Wire again = s.open().helloAfter(overflowed(s, 1_001), 2, 0);
                assertTrue(
                    again.got.get(1).body() instanceof Status.Snapshot, again.got.toString());
              }),
          client(
              "resume/snapshot-follows-reset",
              "anything else is a violation",
              c -> {
                awaitingReset(c)
                    .greets(Resumption.Outcome.RESET, Reason.OVERFLOW, true, "e1", 1, 7);
                c.stage(8);
                assertEquals(4203, c.left());
              }),
          server(
              "resume/snapshot-fields",
              "what is known of each run",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi").message(2, "m2", "ho");
                PositionRules.work(s);
                s.agent(new AgentEvent.Delta("so far"));
                Wire again = s.open().hello("tab2", 1, w.token(), "e0", 0);
                List<SnapshotRun> runs = again.bodies(Status.Snapshot.class).getFirst().runs();
                SnapshotRun going = runs.getFirst();
                assertEquals(
                    "m2 running so far",
                    going.messageId() + " " + going.state() + " " + going.text());
                SnapshotRun ended = runs.get(1);
                assertEquals(
                    "m1 completed done",
                    ended.messageId() + " " + ended.state() + " " + ended.text());
                assertEquals(1, ended.tools().size());
                assertEquals(s.started.getFirst().runId(), ended.runId());
              }),
          server(
              "resume/snapshot-is-newest-first",
              "as many as fit",
              s -> {
                Wire w = s.joined();
                for (int i = 1; i <= 30; i++) {
                  w.message(i, "m" + i, "hi");
                  s.answers("x".repeat(50_000));
                }
                Wire again = s.open().hello("tab2", 1, w.token(), "e0", 0);
                Status.Snapshot snapshot = again.bodies(Status.Snapshot.class).getFirst();
                assertTrue(snapshot.truncated());
                assertTrue(snapshot.runs().size() >= 19, snapshot.runs().size() + " runs fit");
                assertEquals("m30", snapshot.runs().getFirst().messageId());
                assertEquals("m29", snapshot.runs().get(1).messageId());
                assertTrue(again.texts.get(1).length() <= 1 << 20);
              }),
          server(
              "resume/epoch-changes-only-on-loss",
              "not by overflow, expiry or takeover",
              s -> {
                Wire w = overflowed(s, 1_001);
                assertEquals("e1", s.open().helloAfter(w, 2, 0).resumption().epoch());
                Wire last = s.open().helloAfter(w, 3, 1_001).lost();
                s.pass(121_000);
                assertEquals("e1", s.open().helloAfter(last, 4, 1_001).resumption().epoch());
              }),
          server(
              "resume/new-epoch-starts-at-one",
              "in both directions",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                PositionRules.work(s);
                s.crashed("e2");
                Wire again = s.open().helloAfter(w, 2, 5);
                assertEquals("e2", again.resumption().epoch());
                assertNotEquals(w.token(), again.token());
                assertEquals(0, again.resumption().topSeq());
                assertEquals(0, again.resumption().ack());
                again.message(1, "m2", "hi");
                s.answers("done");
                assertEquals(List.of(1L), again.positions());
              }),
          client(
              "resume/ids-kept-resends",
              "with the ids, numbered from the server's ack",
              c -> {
                reset(awaitingReset(c), true, run("m1", SnapshotRun.RUNNING));
                assertEquals(List.of("m2", "m3"), c.ids());
                assertEquals(2, c.messages().getFirst().envelope().seq());
                assertEquals(List.of(), c.told(ClientOutput.Settled.class));
              }),
          client(
              "resume/ids-kept-resends",
              "and leaves no hole for what the snapshot settled",
              c -> {
                awaitingReset(c)
                    .greets(Resumption.Outcome.RESET, Reason.OVERFLOW, true, "e1", 0, 7);
                c.hears(
                    ClientBench.at(),
                    new Status.Snapshot(
                        List.of(run("m2", SnapshotRun.COMPLETED), run("m1", SnapshotRun.COMPLETED)),
                        false));
                assertEquals(2, c.told(ClientOutput.Settled.class).size());
                List<Long> seqs = c.messages().stream().map(f -> f.envelope().seq()).toList();
                assertEquals(LongStream.rangeClosed(1, seqs.size()).boxed().toList(), seqs);
                assertEquals("m3", c.ids().getLast());
              }),
          client(
              "resume/ids-lost-is-indeterminate",
              "a message sent but unacked",
              c -> {
                reset(awaitingReset(c), false, run("m1", SnapshotRun.RUNNING));
                assertEquals(
                    List.of(new ClientOutput.Settled("m2", Outcome.INDETERMINATE, "reset")),
                    c.told(ClientOutput.Settled.class));
                assertFalse(c.ids().contains("m2"));
              }),
          client(
              "resume/ids-lost-sends-the-unsent",
              "messages never sent go",
              c -> {
                reset(awaitingReset(c), false, run("m1", SnapshotRun.RUNNING));
                assertEquals(List.of("m3"), c.ids());
                assertEquals(2, c.messages().getFirst().envelope().seq());
              }),
          client(
              "resume/lost-on-reset-is-told",
              "acked, and the snapshot knows nothing of it",
              c -> {
                reset(awaitingReset(c), true);
                assertEquals(
                    List.of(new ClientOutput.Settled("m1", Outcome.INDETERMINATE, "lost_on_reset")),
                    c.told(ClientOutput.Settled.class));
              }),
          client(
              "resume/lost-on-reset-is-told",
              "not when the snapshot was cut short",
              c -> {
                awaitingReset(c)
                    .greets(Resumption.Outcome.RESET, Reason.OVERFLOW, true, "e1", 1, 7);
                c.hears(ClientBench.at(), new Status.Snapshot(List.of(), true));
                assertEquals(List.of(), c.told(ClientOutput.Settled.class));
              }));
}
