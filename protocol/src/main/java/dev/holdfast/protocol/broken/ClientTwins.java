package dev.holdfast.protocol.broken;

import static dev.holdfast.protocol.broken.BentClient.*;
import static dev.holdfast.protocol.broken.Twin.client;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.client.Phase;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Message.Stream.State;
import dev.holdfast.protocol.frame.Resumption.Outcome;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Clients that are wrong in one way each: a table of contents. */
final class ClientTwins {
  private ClientTwins() {}

  static final List<Twin> ALL =
      List.of(
          // Hello and connected
          client(
              "pings-before-hello",
              "resume/hello-comes-first",
              "Sends a ping as its first frame.",
              rearranges((in, outputs) -> {
                var more = new ArrayList<>(outputs);
                if (in instanceof ClientInput.Opened o) {
                  more.addFirst(
                      new ClientOutput.Send(
                          o.connection(), new Frame(Envelope.EMPTY.withId("p0"), new Body.Ping())));
                }
                return more;
              })),
          client(
              "hello-without-epoch",
              "resume/hello-fields",
              "Does not say which epoch it knows.",
              hellos(h -> Change.hello(h, h.attempt(), null, h.ack(), h.capabilities()))),
          client(
              "always-the-first-attempt",
              "resume/attempt-rises",
              "Counts no attempts.",
              hellos(h -> Change.hello(h, 1, h.epoch(), h.ack(), h.capabilities()))),
          client(
              "talks-before-connected",
              "resume/client-waits-for-connected",
              "Sends a message while it waits for connected.",
              sound ->
                  (state, input, now) -> {
                    var step = sound.step(state, input, now);
                    var outputs = new ArrayList<>(step.outputs());
                    if (state.phase() instanceof Phase.Greeting g
                        && input instanceof ClientInput.Say s) {
                      outputs.add(
                          new ClientOutput.Send(
                              g.connection(),
                              new Frame(
                                  Envelope.EMPTY.withId(s.id()).withSeq(1),
                                  Message.said(s.content()))));
                    }
                    return new Step<>(step.state(), outputs);
                  }),
          client(
              "uses-what-was-not-agreed",
              "resume/capabilities-are-negotiated",
              "Uses tokens and cancel with every server.",
              connected(c ->
                  Change.resumption(c, r -> Change.capabilities(r, List.of("tokens", "cancel"))))),
          client(
              "keeps-a-bad-token",
              "reconnect/bad-token-is-dropped",
              "Shows the token that was refused again.",
              sound ->
                  (state, input, now) -> {
                    var step = sound.step(state, input, now);
                    boolean refused = input instanceof ClientInput.Closed c && c.code() == 4100;
                    return refused
                        ? new Step<>(
                            step.state().with(step.state().outbox(), state.resuming()),
                            step.outputs())
                        : step;
                  }),
          // Positions
          client(
              "zero-is-a-lie",
              "resume/zero-is-always-valid",
              "Leaves a server that acks 0.",
              leavesOn((s, f) -> f.envelope().ack() == 0)),
          client(
              "starts-at-two",
              "resume/positions-start-at-one",
              "Begins with position 2.",
              positions(seq -> seq + 1)),
          client(
              "counts-by-two",
              "resume/positions-rise-by-one",
              "Leaves out every second position.",
              positions(seq -> 2 * seq - 1)),
          client(
              "cancel-without-position",
              "resume/client-positions",
              "Gives no position to a cancel.",
              marks(f -> f.body() instanceof Status.Cancel, e -> e.withSeq(Envelope.ABSENT))),
          client(
              "ping-with-position",
              "resume/nothing-else-has-a-position",
              "Gives positions to pings.",
              marks(f -> f.body() instanceof Body.Ping, e -> e.withSeq(1))),
          client(
              "resends-under-another-id",
              "resume/resend-is-the-same-frame resume/client-mints-ids",
              "Mints a new id for each resend.",
              sound ->
                  (state, input, now) -> {
                    var step = sound.step(state, input, now);
                    return input instanceof ClientInput.Received
                        ? BentClient.marks(
                                f -> f.body() instanceof Message, e -> e.withId(e.id() + "-again"))
                            .apply((s, i, t) -> step)
                            .step(state, input, now)
                        : step;
                  }),
          client(
              "stumbles-over-new-types",
              "resume/unasked-frames-are-counted",
              "Does not count what it cannot read.",
              ignores((s, in) ->
                  in instanceof ClientInput.Received r
                      && r.decoded() instanceof Decoded.Violation)),
          // Acknowledging
          client(
              "acks-one-too-few",
              "resume/ack-is-highest-contiguous",
              "Acks the position before the last.",
              marks(f -> f.envelope().ack() > 0, e -> e.withAck(e.ack() - 1))),
          client(
              "acks-before-it-shows",
              "resume/client-acks-what-was-delivered",
              "Acks a frame before the application has it.",
              rearranges(BentClient::sentFirst)),
          client(
              "never-acks-alone",
              "resume/ack-within-1-s-or-32-frames resume/duplicate-is-acked-again",
              "Acks only with frames that travel anyway.",
              withholds(f -> f.body() instanceof Status.Ack)),
          client(
              "acks-count-on-status-only",
              "resume/ack-counts-on-any-frame",
              "Overlooks the ack on a pong.",
              hears((s, f) ->
                  f.body() instanceof Body.Pong
                      ? f.with(f.envelope().withAck(Envelope.ABSENT))
                      : f)),
          client(
              "lower-ack-is-a-crime",
              "resume/lower-ack-is-ignored",
              "Leaves a server whose ack goes back.",
              leavesOn((s, f) ->
                  f.envelope().ack() > 0
                      && s.outbox().written().stream()
                          .anyMatch(e -> e.acked() && e.seq() > f.envelope().ack()))),
          client(
              "believes-any-ack",
              "resume/ack-beyond-sent-closes-4203",
              "Takes an ack of what it never sent.",
              hears((s, f) ->
                  f.envelope().ack() > s.resuming().lastSeq()
                      ? f.with(f.envelope().withAck(s.resuming().lastSeq()))
                      : f)),
          // Receiving
          client(
              "shows-twice",
              "resume/duplicate-is-dropped",
              "Shows a frame again when it comes again.",
              sound ->
                  (state, input, now) -> {
                    var step = sound.step(state, input, now);
                    var outputs = new ArrayList<>(step.outputs());
                    if (frame(input).envelope().seq() > 0
                        && frame(input).envelope().seq() <= state.resuming().received()) {
                      outputs.add(new ClientOutput.Deliver(frame(input)));
                    }
                    return new Step<>(step.state(), outputs);
                  }),
          client(
              "silent-on-duplicates",
              "resume/duplicate-is-acked-again",
              "Drops a frame that came again without a word.",
              overhears((s, f) ->
                  f.envelope().seq() > 0 && f.envelope().seq() <= s.resuming().received())),
          client(
              "hides-tools",
              "resume/next-is-delivered",
              "Never shows a tool.",
              without((in, o) ->
                  o instanceof ClientOutput.Deliver d
                      && d.frame().body() instanceof ToolExecution)),
          client(
              "jumps-gaps",
              "resume/gap-closes-4003",
              "Overlooks what comes too early.",
              overhears((s, f) -> f.envelope().seq() > s.resuming().received() + 1)),
          client(
              "patient-with-gaps",
              "resume/second-gap-closes-4203",
              "Comes back however often one position is missing.",
              remembers((step, in) ->
                  step.state()
                      .with(step.state().outbox(), Change.withoutGap(step.state().resuming())))),
          client(
              "anonymous",
              "resume/client-mints-ids",
              "Sends messages without an id.",
              marks(f -> f.body() instanceof Message, e -> e.withId(null))),
          // Coming back
          client(
              "never-resends",
              "resume/client-resends-the-unacked",
              "Takes everything it wrote for received.",
              without((in, o) ->
                  in instanceof ClientInput.Received
                      && o instanceof ClientOutput.Send s
                      && s.frame().body() instanceof Message)),
          client(
              "keeps-its-own-count",
              "resume/client-takes-top-seq",
              "Does not take top_seq after a reset.",
              connected(c ->
                  Change.resumption(
                      c, r -> r.outcome() == Outcome.RESET ? Change.positions(r, r.ack(), 0) : r))),
          client(
              "believes-in-unseen-snapshots",
              "resume/reset-waits-for-its-snapshot",
              "Takes top_seq before the snapshot is there.",
              remembers((step, in) ->
                  frame(in).body() instanceof Status.Connected c && c.resumption() != null
                      ? step.state()
                          .with(
                              step.state().outbox(),
                              Change.received(step.state().resuming(), c.resumption().topSeq()))
                      : step.state())),
          client(
              "resends-what-may-be-done",
              "resume/ids-lost-is-indeterminate",
              "Resends after a reset although its ids were lost.",
              connected(c -> Change.resumption(c, Change::idsKept))),
          client(
              "reset-empties-the-queue",
              "resume/ids-kept-resends resume/ids-lost-sends-the-unsent",
              "Forgets everything with a reset.",
              without((in, o) ->
                  frame(in).body() instanceof Status.Snapshot && o instanceof ClientOutput.Send)),
          client(
              "hides-losses",
              "resume/lost-on-reset-is-told",
              "Says nothing of a message that a reset lost.",
              without((in, o) ->
                  o instanceof ClientOutput.Settled s && "lost_on_reset".equals(s.code()))),
          client(
              "does-not-wait-for-the-snapshot",
              "resume/snapshot-follows-reset",
              "Goes on after a reset whatever comes next.",
              overhears((s, f) ->
                  s.phase() instanceof Phase.Open o
                      && o.snapshotDue()
                      && !(f.body() instanceof Status.Snapshot))),
          client(
              "comes-back-as-the-same",
              "close/retry-after-4204-takes-a-new-client-id",
              "Retries under the client_id that was superseded.",
              sound ->
                  (state, input, now) ->
                      sound.step(
                          state,
                          input instanceof ClientInput.Retry ? new ClientInput.Connect() : input,
                          now)),
          // Tokens and cancel
          client(
              "pieces-only-add",
              "tokens/piece-replaces-from-offset",
              "Shows only the first piece that starts at 0.",
              sound -> {
                var shown = new ArrayList<String>();
                return without((in, o) ->
                        o instanceof ClientOutput.Deliver d
                            && d.frame().body() instanceof Message m
                            && m.stream() != null
                            && Change.place(m).state() == State.START
                            && (shown.contains(d.frame().envelope().runId())
                                || !shown.add(String.valueOf(d.frame().envelope().runId()))))
                    .apply(sound);
              }),
          client(
              "never-cancels",
              "cancel/request",
              "Keeps the wish to cancel to itself.",
              withholds(f -> f.body() instanceof Status.Cancel)));

  private static UnaryOperator<ClientStep> positions(UnaryOperator<Long> change) {
    return marks(f -> f.envelope().positioned(), e -> e.withSeq(change.apply(e.seq())));
  }

  private static UnaryOperator<ClientStep> hellos(UnaryOperator<Status.Hello> change) {
    return sends(
        f -> f.body() instanceof Status.Hello h ? new Frame(f.envelope(), change.apply(h)) : f);
  }

  private static UnaryOperator<ClientStep> connected(Function<Status.Connected, Body> change) {
    return hears((s, f) ->
        f.body() instanceof Status.Connected c ? new Frame(f.envelope(), change.apply(c)) : f);
  }
}
