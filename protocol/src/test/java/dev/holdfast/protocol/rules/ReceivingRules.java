package dev.holdfast.protocol.rules;

import static dev.holdfast.protocol.rules.Rule.client;
import static dev.holdfast.protocol.rules.Rule.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.HttpReply;
import java.util.List;

/** Receiving in position, and ids. */
final class ReceivingRules {
  private ReceivingRules() {}

  static final List<Rule> ALL =
      List.of(
          server(
              "resume/duplicate-is-dropped",
              "a position is worked on once",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi").message(1, "m1", "hi");
                s.answers("done");
                assertEquals(1, s.started.size());
                assertEquals(1, w.answers().size());
              }),
          client(
              "resume/duplicate-is-dropped",
              "a position is shown once",
              c -> {
                c.joined().stage(1).stage(1).stage(2).stage(1);
                assertEquals(2, c.delivered().size());
              }),
          server(
              "resume/duplicate-is-acked-again",
              "whoever resends has missed the ack",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.pass(1_000);
                int before = w.got.size();
                w.message(1, "m1", "hi");
                s.pass(1_000);
                assertTrue(w.got.size() > before, "an ack comes again");
                assertEquals(1, w.last().envelope().ack());
              }),
          client(
              "resume/duplicate-is-acked-again",
              "whoever resends has missed the ack",
              c -> {
                c.joined().stage(1).pass(1_000);
                int before = c.got.size();
                c.stage(1).pass(1_000);
                assertTrue(c.got.size() > before, "an ack comes again");
              }),
          server(
              "resume/next-is-delivered",
              "every next message is worked on",
              s -> {
                Wire w = s.joined();
                for (int i = 1; i <= 3; i++) {
                  w.message(i, "m" + i, "hi");
                  s.answers("done");
                }
                assertEquals(3, s.started.size());
                assertEquals(3, w.answers().size());
              }),
          client(
              "resume/next-is-delivered",
              "every next frame is shown",
              c -> {
                c.joined().stage(1);
                c.hears(
                    ClientBench.at().withSeq(2).withRun("r1"),
                    new ToolExecution("search", "t1", "pending", null));
                c.hears(
                    ClientBench.at().withSeq(3).withRun("r1"), Message.answer("yes", List.of()));
                assertEquals(3, c.delivered().size());
              }),
          server(
              "resume/gap-closes-4003",
              "what is missing cannot be skipped",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi").message(3, "m3", "hi");
                assertEquals(4003, w.code());
                assertEquals(1, s.started.size());
                Wire again = s.open().helloAfter(w, 2, 0);
                assertEquals(1, again.resumption().ack());
                assertTrue(again.message(2, "m2", "hi").message(3, "m3", "hi").open());
              }),
          client(
              "resume/gap-closes-4003",
              "what is missing cannot be skipped",
              c -> {
                c.joined().stage(1).stage(3);
                assertEquals(4003, c.left());
                assertEquals(1, c.delivered().size());
                c.redialled();
                c.tell(new ClientInput.Opened(c.connection, true));
                assertEquals(1, c.hello().ack());
              }),
          server(
              "resume/second-gap-closes-4203",
              "at one position",
              s -> {
                Wire w = s.joined().message(2, "m2", "hi");
                Wire again = s.open().helloAfter(w, 2, 0).message(2, "m2", "hi");
                assertEquals(4203, again.code());
              }),
          server(
              "resume/second-gap-closes-4203",
              "not at another",
              s -> {
                Wire w = s.joined().message(2, "m2", "hi");
                Wire again =
                    s.open().helloAfter(w, 2, 0).message(1, "m1", "hi").message(3, "m3", "hi");
                assertEquals(4003, again.code());
              }),
          client(
              "resume/second-gap-closes-4203",
              "at one position",
              c -> {
                c.joined().stage(2);
                assertEquals(4003, c.left());
                c.redialled();
                c.tell(new ClientInput.Opened(c.connection, true));
                c.greets(Resumption.Outcome.RESUMED, null, false, "e1", 0, 2).stage(2);
                assertEquals(4203, c.left());
                assertEquals(LinkState.DISCONNECTED, c.client.reported());
              }),
          client(
              "resume/client-mints-ids",
              "every message has one, and keeps it",
              c -> {
                c.joined().says("m1", "a").says("m2", "b");
                assertEquals(List.of("m1", "m2"), c.ids());
                c.back().greets(Resumption.Outcome.RESUMED, null, false, "e1", 0, 0);
                assertEquals(List.of("m1", "m2"), c.ids());
              }),
          server(
              "resume/id-is-claimed-with-acceptance",
              "by socket, then by HTTP",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.post("h1", w.token(), "m1", "hi");
                s.answers("done");
                assertEquals(1, s.started.size());
              }),
          server(
              "resume/id-is-claimed-with-acceptance",
              "by HTTP, then by socket",
              s -> {
                Wire w = s.joined();
                s.post("h1", w.token(), "m1", "hi");
                w.message(1, "m1", "hi");
                s.answers("done");
                assertEquals(1, s.started.size());
              }),
          server(
              "resume/later-comer-starts-nothing",
              "neither during the run nor after it",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi").message(2, "m1", "hi");
                s.answers("done");
                assertEquals(1, s.started.size());
                w.message(3, "m1", "hi");
                assertEquals(1, s.started.size());
                assertEquals(1, w.answers().size());
              }),
          server(
              "resume/duplicate-id-is-told",
              "with the run that it started",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi").message(2, "m1", "hi");
                Frame told = w.frames(Status.Ack.class).getFirst();
                assertTrue(((Status.Ack) told.body()).duplicate());
                assertEquals("m1", told.envelope().replyTo());
                assertEquals(s.started.getFirst().runId(), told.envelope().runId());
                assertEquals(2, told.envelope().ack());
              }),
          server(
              "resume/duplicate-id-is-told",
              "with its end, once, where only HTTP could tell it",
              s -> {
                s.post("h1", null, "m1", "hi");
                s.answers("done");
                Wire w = s.joined().message(1, "m1", "hi").message(2, "m1", "hi");
                assertEquals(1, w.answers().size());
                assertEquals(1, s.started.size());
              }),
          server(
              "resume/duplicate-id-waits-over-http",
              "and gets that run's result",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.post("h1", w.token(), "m1", "hi");
                assertNull(s.replies.get("h1"));
                s.answers("done");
                s.post("h2", w.token(), "m1", "hi");
                for (String request : List.of("h1", "h2")) {
                  assertTrue(
                      s.replies.get(request) instanceof HttpReply.Ended e
                          && e.run().text().equals("done"),
                      "the result for " + request);
                }
              }),
          server(
              "resume/reused-id-closes-4205",
              "one id, two contents",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi").message(2, "m1", "ho");
                assertEquals(4205, w.code());
                assertEquals(1, s.started.size());
              }),
          server(
              "resume/reused-id-is-409-over-http",
              "one id, two contents",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.post("h1", w.token(), "m1", "ho");
                assertEquals(409, s.status("h1"));
                assertTrue(
                    s.replies.get("h1") instanceof HttpReply.Refused r
                        && r.code().equals("id_reused"));
              }),
          server(
              "resume/ids-outlive-connections",
              "for resume_ttl_ms after the last one",
              s -> {
                Wire w = s.joined().message(1, "m1", "hi");
                s.answers("done");
                w.lost();
                s.pass(119_000);
                s.post("h1", w.token(), "m1", "hi");
                assertEquals(200, s.status("h1"));
                s.pass(119_000);
                s.post("h2", w.token(), "m1", "hi");
                assertEquals(1, s.started.size());
              }));
}
