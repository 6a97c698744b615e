package dev.holdfast.protocol.rules;

import static dev.holdfast.protocol.rules.Rule.client;
import static dev.holdfast.protocol.rules.Rule.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Positions and acknowledgements. */
final class PositionRules {
  private PositionRules() {}

  /** A run of five positioned frames: a stage, a tool three times, the answer. */
  static void work(ServerBench s) {
    s.agent(new AgentEvent.Stage("planning", "Planning", List.of()));
    s.agent(new AgentEvent.Tool("search", "t1", "pending", null));
    s.agent(new AgentEvent.Tool("search", "t1", "running", null));
    s.agent(new AgentEvent.Tool("search", "t1", "completed", "{}"));
    s.answers("done");
  }

  static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  static final List<Rule> ALL =
      List.of(
          server(
              "resume/zero-is-always-valid",
              "an ack of 0 and a hello with 0",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.answers("done");
                assertTrue(w.ack(0).open());
                Wire again = s.open().helloAfter(w, 2, 0);
                assertEquals(List.of(1L), again.positions());
              }),
          client(
              "resume/zero-is-always-valid",
              "an ack of 0 on any frame",
              c -> {
                c.joined().says("m1", "hi").acks(0);
                assertEquals(0, c.left());
              }),
          server(
              "resume/positions-start-at-one",
              "a session's first positioned frame",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                work(s);
                assertEquals(1, w.positions().getFirst());
              }),
          client(
              "resume/positions-start-at-one",
              "a client's first message",
              c -> {
                c.joined().says("m1", "hi");
                assertEquals(1, c.messages().getFirst().envelope().seq());
              }),
          server(
              "resume/positions-rise-by-one",
              "over two runs",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                work(s);
                w.message(2, "m2", "hi");
                work(s);
                assertEquals(upTo(10), w.positions());
              }),
          client(
              "resume/positions-rise-by-one",
              "over messages and a cancel",
              c -> {
                c.joined().says("m1", "hi").says("m2", "hi");
                c.tell(new ClientInput.Cancel("x1", "r1"));
                c.says("m3", "hi");
                List<Long> given =
                    c.got.stream().map(f -> f.envelope().seq()).filter(seq -> seq > 0).toList();
                assertEquals(upTo(4), given);
              }),
          server(
              "resume/server-positions",
              "run frames and errors that answer a position have one",
              s -> {
                Wire w = s.joined().message(1, "m1", "").message(2, "m2", "hi");
                s.agent(new AgentEvent.Failed("no"));
                assertEquals(
                    List.of(1L, 2L),
                    w.frames(Failure.class).stream().map(f -> f.envelope().seq()).toList());
              }),
          server(
              "resume/run-frames-carry-run-id",
              "stages, tools, pieces and the end",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.agent(new AgentEvent.Delta("d"));
                work(s);
                w.got
                    .subList(1, w.got.size())
                    .forEach(f -> assertEquals(s.started.getFirst().runId(), f.envelope().runId()));
              }),
          client(
              "resume/client-positions",
              "message and cancel have one",
              c -> {
                c.joined().says("m1", "hi");
                c.tell(new ClientInput.Cancel("x1", "r1"));
                assertEquals(1, c.messages().getFirst().envelope().seq());
                assertEquals(2, c.frames(Status.Cancel.class).getFirst().envelope().seq());
              }),
          server(
              "resume/nothing-else-has-a-position",
              "control has none",
              s -> {
                Wire w = s.joined();
                w.says(Envelope.EMPTY.withId("p1"), new Body.Ping()).message(1, "m1", "hi");
                s.agent(new AgentEvent.Delta("piece"));
                s.pass(500);
                w.text("{\"type\":\"huh\"}");
                s.tell(new ServerInput.Drain(1, 1_000, false));
                Wire again = s.open().helloAfter(w, 2, 0);
                for (Wire wire : List.of(w, again)) {
                  wire.got.stream()
                      .filter(f -> f.envelope().runId() == null)
                      .forEach(
                          f -> assertEquals(Envelope.ABSENT, f.envelope().seq(), f.toString()));
                }
                assertEquals(Envelope.ABSENT, w.pieces().getFirst().envelope().seq());
              }),
          client(
              "resume/nothing-else-has-a-position",
              "control has none",
              c -> {
                c.joined().hears(ClientBench.at().withId("s1"), new Body.Ping()).stage(1);
                for (int i = 0; i < 60 && c.frames(Body.Ping.class).isEmpty(); i++) {
                  c.pass(500);
                }
                assertEquals(1, c.frames(Body.Ping.class).size());
                c.got.forEach(f -> assertEquals(Envelope.ABSENT, f.envelope().seq(), f.toString()));
              }),
          server(
              "resume/client-counters-are-per-client",
              "another tab starts from 1",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi").message(2, "m2", "hi");
                Wire other = s.open().hello("tab2", 1, w.token(), "e1", 0);
                assertEquals(0, other.resumption().ack());
                other.message(1, "m3", "hi");
                work(s);
                work(s);
                work(s);
                assertEquals(3, s.started.size());
              }),
          server(
              "resume/server-counter-is-per-session",
              "numbering goes on for another tab",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                work(s);
                Wire other = s.open().hello("tab2", 1, w.token(), "e1", 5).message(1, "m2", "hi");
                s.answers("done");
                assertEquals(List.of(6L), other.positions());
              }),
          server(
              "resume/positioned-frames-reach-every-connection",
              "also those of a POST",
              s -> {
                Wire w = s.joined();
                s.post("h1", w.token(), "h1", "hi");
                work(s);
                assertEquals(upTo(5), w.positions());
              }),
          server(
              "resume/resend-is-the-same-frame",
              "a replay changes nothing but replay and ack",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                work(s);
                s.pass(5_000);
                Wire again = s.open().helloAfter(w, 2, 0);
                assertEquals(
                    w.positioned().stream().map(PositionRules::bare).toList(),
                    again.positioned().stream().map(PositionRules::bare).toList());
              }),
          client(
              "resume/resend-is-the-same-frame",
              "id, position, timestamp and content",
              c -> {
                c.joined().says("m1", "hi");
                Frame first = c.messages().getFirst();
                c.back().greets(Resumption.Outcome.RESUMED, null, false, "e1", 0, 0);
                assertEquals(
                    List.of(bare(first)), c.messages().stream().map(PositionRules::bare).toList());
              }),
          server(
              "resume/refused-frame-takes-its-position",
              "the next one is accepted",
              s -> {
                Wire w = s.joined().message(1, "m1", "").message(2, "m2", "hi");
                assertEquals("m2", s.started.getLast().messageId());
                s.answers("done");
                assertEquals(2, w.acked());
                assertTrue(w.text("{\"type\":\"message\",\"seq\":3,\"id\":7}").open());
                assertEquals(3, w.acked());
              }),
          server(
              "resume/refused-frame-claims-no-id",
              "the id may be used again",
              s -> {
                Wire w = s.joined().message(1, "m1", "").message(2, "m1", "hi");
                assertEquals(1, s.started.size());
                assertTrue(w.open());
              }),
          client(
              "resume/unasked-frames-are-counted",
              "a type of a later version is counted",
              c -> {
                c.joined()
                    .hearsText("{\"type\":\"later\",\"seq\":1,\"data\":null}")
                    .stage(2)
                    .pass(1_000);
                assertEquals(0, c.left());
                assertEquals(1, c.delivered().size());
                assertEquals(2, c.acked());
              }),
          server(
              "resume/ack-is-highest-contiguous",
              "after three messages it is three",
              s -> {
                Wire w =
                    s.joined().message(1, "m1", "a").message(2, "m2", "b").message(3, "m3", "c");
                s.pass(1_000);
                assertEquals(3, w.acked());
              }),
          client(
              "resume/ack-is-highest-contiguous",
              "after three frames it is three",
              c -> {
                c.joined().stage(1).stage(2).stage(3).pass(1_000);
                assertEquals(3, c.acked());
              }),
          server(
              "resume/server-acks-what-is-stored",
              "what is told was recorded before",
              s -> {
                s.joined().message(1, "m1", "");
                assertTrue(
                    isAudit(s.lastStep.get(0), AuditEvent.MESSAGE_REFUSED), s.lastStep.toString());
              }),
          client(
              "resume/client-acks-what-was-delivered",
              "also when 32 frames force it",
              c -> {
                c.joined();
                LongStream.rangeClosed(1, 31).forEach(c::stage);
                c.stage(32);
                int delivered = -1;
                for (int i = 0; i < c.lastStep.size(); i++) {
                  if (c.lastStep.get(i) instanceof ClientOutput.Deliver) {
                    delivered = i;
                  } else if (c.lastStep.get(i) instanceof ClientOutput.Send) {
                    assertTrue(delivered >= 0, "handed over before it is acknowledged");
                  }
                }
                assertEquals(32, c.acked());
              }),
          server(
              "resume/ack-within-1-s-or-32-frames",
              "alone, when nothing else travels",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.pass(1_000);
                assertEquals(1, w.acked());
                LongStream.rangeClosed(2, 33).forEach(i -> w.message(i, "m" + i, "hi"));
                assertEquals(33, w.acked());
              }),
          client(
              "resume/ack-within-1-s-or-32-frames",
              "alone, when nothing else travels",
              c -> {
                c.joined().stage(1).pass(1_000);
                assertEquals(1, c.acked());
                LongStream.rangeClosed(2, 33).forEach(c::stage);
                assertEquals(33, c.acked());
              }),
          server(
              "resume/ack-counts-on-any-frame",
              "a ping's ack frees what was retained",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                work(s);
                w.says(Envelope.EMPTY.withId("p1").withAck(3), new Body.Ping());
                assertEquals(2, s.session.retention().frames().size());
              }),
          client(
              "resume/ack-counts-on-any-frame",
              "a pong's ack makes room",
              c -> {
                c.joined();
                IntStream.rangeClosed(1, 101).forEach(i -> c.says("m" + i, "hi"));
                assertEquals(100, c.messages().size());
                c.hears(ClientBench.at().withReplyTo("p1").withAck(100), new Body.Pong());
                assertEquals(101, c.messages().size());
              }),
          server(
              "resume/lower-ack-is-ignored",
              "it closes nothing and brings nothing back",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                work(s);
                w.ack(3).ack(1);
                assertTrue(w.open());
                assertEquals(2, s.session.retention().frames().size());
              }),
          client(
              "resume/lower-ack-is-ignored",
              "it closes nothing and brings nothing back",
              c -> {
                c.joined().says("m1", "a").says("m2", "b").acks(2).acks(1);
                assertEquals(0, c.left());
                c.back().greets(Resumption.Outcome.RESUMED, null, false, "e1", 2, 0);
                assertEquals(List.of(), c.ids());
              }),
          server(
              "resume/ack-beyond-sent-closes-4203",
              "nobody processes what was not sent",
              s -> assertEquals(4203, s.joined().ack(1).code())),
          client(
              "resume/ack-beyond-sent-closes-4203",
              "nobody processes what was not sent",
              c -> {
                c.joined().says("m1", "a").acks(2);
                assertEquals(4203, c.left());
                assertEquals(LinkState.DISCONNECTED, c.client.reported());
              }));

  static Frame bare(Frame frame) {
    Envelope e = frame.envelope();
    return new Frame(
        Envelope.at(String.valueOf(e.timestamp()))
            .withId(e.id())
            .withSeq(e.seq())
            .withRun(e.runId())
            .withReplyTo(e.replyTo()),
        frame.body());
  }

  static boolean isAudit(ServerOutput output, String event) {
    return output instanceof ServerOutput.Audit a && a.event().event().equals(event);
  }
}
