package dev.holdfast.protocol.rules;

import static dev.holdfast.protocol.rules.Rule.client;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Member;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption.Outcome;
import dev.holdfast.protocol.frame.Status;
import java.util.List;

/** The capabilities sync, presence and push, in a client. */
final class TogetherClientRules {
  private TogetherClientRules() {}

  private static ClientBench joined(ClientBench c) {
    return c.opened()
        .greets(Outcome.NEW, null, false, "e1", 0, 0, ClientConfig.TOGETHER.capabilities());
  }

  private static ClientBench echo(ClientBench c, long seq, String id) {
    return c.hears(ClientBench.at().withSeq(seq).withReplyTo(id), Message.echo("hi"));
  }

  private static Status.Presence here(String... users) {
    return new Status.Presence(
        List.of(users).stream().map(u -> new Member(u, 1, "2026-01-01T00:00:00.000Z")).toList());
  }

  private static ClientBench pushed(ClientBench c, long seq) {
    return c.hears(
        ClientBench.at().withSeq(seq).withRun("r9").withOrigin(Envelope.PUSH),
        Message.answer("news", List.of()));
  }

  static final List<Rule> ALL =
      List.of(
          client(
              "sync/echo-is-handed-over",
              "once, and acked",
              c -> {
                echo(echo(joined(c), 1, "theirs"), 1, "theirs").pass(1_000);
                assertEquals(1, c.delivered().size());
                assertEquals(1, c.acked());
              }),
          client(
              "sync/echo-is-handed-over",
              "not where it was not agreed on",
              c -> {
                echo(c.joined(), 1, "theirs").pass(1_000);
                assertEquals(List.of(), c.delivered());
                assertEquals(1, c.acked());
              }),
          client(
              "sync/echo-is-no-answer",
              "its own message still waits",
              c -> {
                echo(joined(c).says("m1", "hi"), 1, "m1");
                assertEquals(List.of(), c.told(ClientOutput.Settled.class));
                c.answer(2, "m1");
                assertEquals(1, c.told(ClientOutput.Settled.class).size());
              }),
          client(
              "presence/handed-over",
              "each in turn",
              c -> {
                joined(c).hears(ClientBench.at(), here("ana")).hears(ClientBench.at(), here());
                assertEquals(
                    List.of(here("ana"), here()),
                    c.delivered().stream().map(f -> (Status.Presence) f.body()).toList());
              }),
          client(
              "push/handed-over-once",
              "however often it comes",
              c -> {
                pushed(pushed(joined(c), 1), 1);
                assertEquals(1, c.delivered().size());
              }),
          client(
              "push/answers-no-message",
              "it waits for its own",
              c -> {
                pushed(joined(c).says("m1", "hi"), 1);
                assertEquals(List.of(), c.told(ClientOutput.Settled.class));
                c.answer(2, "m1");
                assertEquals("m1", c.told(ClientOutput.Settled.class).getFirst().id());
              }));
}
