package dev.holdfast.protocol.rules;

import static dev.holdfast.protocol.rules.Rule.client;
import static dev.holdfast.protocol.rules.Rule.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerOutput;
import java.util.List;
import java.util.Objects;

/** The capabilities tokens and cancel. */
final class CapabilityRules {
  private static final String SMILE = "\ud83d\ude00";

  private CapabilityRules() {}

  private static List<Message> said(Wire w) {
    return w.pieces().stream().map(f -> (Message) f.body()).toList();
  }

  private static Message.Stream place(Message piece) {
    return Objects.requireNonNull(piece.stream(), "a piece");
  }

  /** The answer as a client that obeys every piece would see it. */
  private static String joined(List<Message> pieces) {
    StringBuilder text = new StringBuilder();
    for (Message piece : pieces) {
      text.setLength(place(piece).offset());
      text.append(piece.delta());
    }
    return text.toString();
  }

  private static Wire streaming(ServerBench s, String... deltas) {
    Wire w = s.joined().message(1, "m1", "hi");
    for (String delta : deltas) {
      s.agent(new AgentEvent.Delta(delta));
    }
    return w;
  }

  static final List<Rule> ALL =
      List.of(
          server(
              "tokens/stream-frame",
              "run, delta, state and offset",
              s -> {
                Wire w = streaming(s, "one ", "two");
                for (Frame piece : w.pieces()) {
                  assertEquals(s.started.getFirst().runId(), piece.envelope().runId());
                  assertNotNull(((Message) piece.body()).delta());
                }
                assertEquals(List.of(0, 4), said(w).stream().map(m -> place(m).offset()).toList());
              }),
          server(
              "tokens/states-advance",
              "start, delta, end",
              s -> {
                Wire w = streaming(s, "one ", "two", " three");
                s.answers("one two three");
                assertEquals(
                    List.of("START", "DELTA", "DELTA", "END"),
                    said(w).stream().map(m -> place(m).state().name()).toList());
              }),
          server(
              "tokens/states-advance",
              "aborted, when it fails",
              s -> {
                Wire w = streaming(s, "one ");
                s.agent(new AgentEvent.Failed("no"));
                assertEquals("ABORTED", place(said(w).getLast()).state().name());
              }),
          server(
              "tokens/pieces-have-no-position",
              "none of them",
              s -> {
                Wire w = streaming(s, "one ", "two");
                s.answers("one two");
                w.pieces().forEach(f -> assertFalse(f.envelope().positioned(), f.toString()));
                assertEquals(List.of(1L), w.positions());
              }),
          server(
              "tokens/offset-in-utf16-units",
              "not in code points or bytes",
              s -> {
                Wire w = streaming(s, SMILE, "ä", "x");
                assertEquals(
                    List.of(0, 2, 3), said(w).stream().map(m -> place(m).offset()).toList());
              }),
          server(
              "tokens/no-split-code-point",
              "also when the agent splits one",
              s -> {
                Wire w = streaming(s, "a\ud83d", "\ude00b");
                assertEquals(
                    List.of("a", SMILE + "b"), said(w).stream().map(Message::delta).toList());
              }),
          client(
              "tokens/piece-replaces-from-offset",
              "each piece is handed on, also one from 0",
              c -> {
                c.joined();
                for (String piece : List.of("one ", "one two")) {
                  c.hears(
                      ClientBench.at().withRun("r1"),
                      Message.piece(Message.Stream.State.START, 0, piece));
                }
                assertEquals(
                    "one two",
                    joined(c.delivered().stream().map(f -> (Message) f.body()).toList()));
              }),
          server(
              "tokens/whole-text-after-caught-up",
              "one piece with all so far",
              s -> {
                Wire w = streaming(s, "one ", "two");
                Wire again = s.open().helloAfter(w, 2, 0);
                assertEquals(1, again.pieces().size());
                assertEquals("one two", joined(said(again)));
                assertTrue(again.got.get(again.got.size() - 2).body() instanceof Status.CaughtUp);
                s.agent(new AgentEvent.Delta(" three"));
                assertEquals("one two three", joined(said(again)));
              }),
          server(
              "tokens/terminal-holds-the-whole",
              "not the last piece",
              s -> {
                Wire w = streaming(s, "one ", "two");
                s.answers("one two");
                assertEquals("one two", ((Message) w.answers().getFirst().body()).content());
              }),
          server(
              "tokens/terminal-equals-the-pieces",
              "even when the agent thinks again",
              s -> {
                for (String whole : List.of("one two", "one", "on" + SMILE, "", "one two three")) {
                  ServerBench bench = s.anew();
                  Wire w = streaming(bench, "one ", "two");
                  bench.answers(whole);
                  assertEquals(whole, joined(said(w)));
                  assertEquals(whole, ((Message) w.answers().getFirst().body()).content());
                }
              }),
          client(
              "cancel/request",
              "names its run",
              c -> {
                c.joined();
                c.tell(new ClientInput.Cancel("x1", "r1"));
                assertEquals(
                    List.of(new Status.Cancel("r1")),
                    c.frames(Status.Cancel.class).stream().map(Frame::body).toList());
              }),
          server(
              "cancel/run-ends-cancelled",
              "running",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi").cancel(2, s.started.getLast().runId());
                s.answers("too late");
                assertEquals(ErrorCode.CANCELLED, w.bodies(Failure.class).getFirst().code());
                assertEquals(List.of(), w.answers());
                assertTrue(s.done.stream().anyMatch(ServerOutput.CancelRun.class::isInstance));
              }),
          server(
              "cancel/run-ends-cancelled",
              "queued: in its turn",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi").message(2, "m2", "ho");
                w.cancel(3, s.session.runs().get(1).id());
                assertEquals(List.of(), w.bodies(Failure.class));
                s.answers("done");
                assertEquals(1, w.answers().size());
                assertEquals(ErrorCode.CANCELLED, w.bodies(Failure.class).getFirst().code());
                assertEquals(1, s.started.size());
              }),
          server(
              "cancel/is-idempotent",
              "again, after the end, and of nothing",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                String run = s.started.getLast().runId();
                w.cancel(2, run).cancel(3, run).cancel(4, "r-nobody").message(5, "m2", "ho");
                s.answers("done");
                w.cancel(6, s.started.getLast().runId());
                assertEquals(1, w.bodies(Failure.class).size());
                assertEquals(1, w.answers().size());
                s.pass(1_000);
                assertEquals(6, w.acked());
              }),
          server(
              "cancel/works-after-a-resume",
              "like before it",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                Wire again = s.open().helloAfter(w, 2, 0).cancel(2, s.started.getLast().runId());
                assertEquals(ErrorCode.CANCELLED, again.bodies(Failure.class).getFirst().code());
              }));
}
