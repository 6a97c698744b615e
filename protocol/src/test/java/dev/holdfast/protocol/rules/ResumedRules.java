package dev.holdfast.protocol.rules;

import static dev.holdfast.protocol.rules.Rule.client;
import static dev.holdfast.protocol.rules.Rule.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.AuditEvent;
import java.util.List;
import java.util.stream.IntStream;

/** Coming back to a session that still has everything. */
final class ResumedRules {
  private ResumedRules() {}

  static final List<Rule> ALL =
      List.of(
          server(
              "resume/replays-exactly-what-was-missed",
              "all above the ack, in order",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                PositionRules.work(s);
                Wire again = s.open().helloAfter(w, 2, 2);
                assertEquals(Resumption.Outcome.RESUMED, again.resumption().outcome());
                assertEquals(List.of(3L, 4L, 5L), again.positions());
                assertEquals(5, again.resumption().topSeq());
              }),
          server(
              "resume/replay-is-marked",
              "each frame of it",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.agent(new AgentEvent.Stage("planning", "Planning", List.of()));
                Wire again = s.open().helloAfter(w, 2, 0);
                s.answers("done");
                assertEquals(
                    List.of(true, false),
                    again.positioned().stream().map(f -> f.envelope().replay()).toList());
              }),
          server(
              "resume/caught-up-ends-the-replay",
              "also one of nothing",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                PositionRules.work(s);
                for (long ack : List.of(2L, 5L)) {
                  Wire again = s.open().helloAfter(w, 2 + ack, ack);
                  List<Frame> got = again.got;
                  int at =
                      IntStream.range(0, got.size())
                          .filter(i -> got.get(i).body() instanceof Status.CaughtUp)
                          .findFirst()
                          .orElse(-1);
                  assertEquals(1 + 5 - ack, at, "after connected and the replay");
                  assertEquals(new Status.CaughtUp(5), got.get(at).body());
                }
              }),
          server(
              "resume/live-after-caught-up",
              "what is new comes behind",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.agent(new AgentEvent.Stage("planning", "Planning", List.of()));
                Wire again = s.open().helloAfter(w, 2, 0);
                s.answers("done");
                List<String> order =
                    again.got.stream()
                        .map(f -> f.body() instanceof Status st ? st.word() : f.type().word())
                        .toList();
                assertEquals(List.of("connected", "processing", "caught_up", "message"), order);
              }),
          server(
              "resume/client-may-send-during-replay",
              "what it resends is taken",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                PositionRules.work(s);
                s.open().helloAfter(w, 2, 0).message(2, "m2", "hi");
                assertEquals("m2", s.started.getLast().messageId());
              }),
          client(
              "resume/client-resends-the-unacked",
              "all above the server's ack, in order",
              c -> {
                c.joined().says("m1", "a").says("m2", "b").says("m3", "c");
                c.back().greets(Resumption.Outcome.RESUMED, null, false, "e1", 1, 0);
                assertEquals(List.of("m2", "m3"), c.ids());
                c.says("m4", "d");
                assertEquals(4, c.messages().getLast().envelope().seq());
              }),
          client(
              "resume/client-resends-the-unacked",
              "also what was answered meanwhile",
              c -> {
                c.joined().says("m1", "a").says("m2", "b").answer(1, "m1");
                assertEquals(1, c.told(ClientOutput.Settled.class).size());
                c.back().greets(Resumption.Outcome.RESUMED, null, false, "e1", 0, 1);
                assertEquals(List.of("m1", "m2"), c.ids(), "a given position must arrive");
                c.acks(2).answer(2, "m2");
                assertEquals(2, c.told(ClientOutput.Settled.class).size());
                assertTrue(c.client.outbox().written().isEmpty());
              }),
          server(
              "resume/audit-store-send",
              "recorded before it can be seen",
              s -> {
                s.joined().message(1, "m1", "hi");
                s.answers("done");
                assertTrue(
                    PositionRules.isAudit(s.lastStep.getFirst(), AuditEvent.RUN_ENDED),
                    s.lastStep.toString());
                Wire w = s.wires().getFirst();
                s.open().helloAfter(w, 2, 0);
                assertTrue(
                    PositionRules.isAudit(s.lastStep.getFirst(), AuditEvent.RESUME),
                    s.lastStep.toString());
              }),
          server(
              "resume/disconnect-is-not-cancel",
              "the run goes on",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi").lost();
                s.answers("done");
                Wire again = s.open().helloAfter(w, 2, 0);
                assertEquals(1, again.answers().size());
              }),
          server(
              "resume/replay-runs-no-tool",
              "nothing is started by coming back",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.agent(new AgentEvent.Tool("search", "t1", "pending", null));
                s.agent(new AgentEvent.Tool("search", "t1", "running", null));
                s.open().helloAfter(w, 2, 0);
                s.open().helloAfter(w, 3, 1);
                assertEquals(1, s.started.size());
              }),
          server(
              "session/older-is-superseded",
              "by a good hello",
              s -> {
                Wire w = s.joined();
                Wire newer = s.open();
                assertTrue(w.open());
                newer.helloAfter(w, 2, 0);
                assertEquals(4204, w.code());
                assertTrue(newer.open());
              }),
          client(
              "close/retry-after-4204-takes-a-new-client-id",
              "and renumbers what is unacked",
              c -> {
                c.joined().says("m1", "a").says("m2", "b").acks(1).closes(4204);
                assertEquals(LinkState.DISCONNECTED, c.client.reported());
                c.tell(new ClientInput.Retry("tab9"));
                c.tell(new ClientInput.Opened(c.connection, true));
                assertEquals("tab9", c.hello().clientId());
                assertEquals(1, c.hello().attempt());
                assertEquals("token-of-e1", c.hello().resumeToken());
                c.greets(Resumption.Outcome.RESUMED, null, false, "e1", 0, 0);
                assertEquals(List.of("m2"), c.ids());
                assertEquals(1, c.messages().getFirst().envelope().seq());
              }),
          client(
              "reconnect/bad-token-is-dropped",
              "and hello is said anew",
              c -> {
                c.joined().closes(4100).redialled();
                c.tell(new ClientInput.Opened(c.connection, true));
                assertNull(c.hello().resumeToken());
                assertEquals(2, c.hello().attempt());
              }),
          client(
              "queue/hundred-in-flight",
              "the next waits for an ack",
              c -> {
                c.joined();
                IntStream.rangeClosed(1, 201).forEach(i -> c.says("m" + i, "hi"));
                assertEquals(100, c.messages().size());
                assertEquals(1, c.told(ClientOutput.Refuse.class).size());
                c.acks(40);
                assertEquals(140, c.messages().size());
              }));
}
