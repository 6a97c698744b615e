package dev.holdfast.protocol.broken;

import static dev.holdfast.protocol.broken.BentServer.*;
import static dev.holdfast.protocol.broken.Twin.server;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.Claim;
import dev.holdfast.protocol.server.ClientPositions;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pcollections.TreePMap;

/** Servers that number, acknowledge, receive or work in a wrong way. */
final class TrafficTwins {
  private TrafficTwins() {}

  private static final ClientPositions NOBODY = new ClientPositions(0, 0, 0, 0, 0, false);

  static final List<Twin> ALL =
      List.of(
          // Positions
          server(
              "zero-is-a-lie",
              "resume/zero-is-always-valid",
              "Closes a client that acks 0.",
              closesOn((s, f) -> f.envelope().ack() == 0)),
          server(
              "starts-at-two",
              "resume/positions-start-at-one",
              "Begins with position 2.",
              positions(seq -> seq + 1)),
          server(
              "counts-by-two",
              "resume/positions-rise-by-one",
              "Leaves out every second position.",
              positions(seq -> 2 * seq - 1)),
          server(
              "refusal-without-position",
              "resume/server-positions",
              "Gives no position to an error that answers one.",
              marks(
                  f -> f.body() instanceof Failure && f.envelope().runId() == null,
                  (f, e) -> e.withSeq(Envelope.ABSENT))),
          server(
              "runs-without-name",
              "resume/run-frames-carry-run-id",
              "Leaves the run_id out of tool frames.",
              marks(f -> f.body() instanceof ToolExecution, (f, e) -> e.withRun(null))),
          server(
              "pong-with-position",
              "resume/nothing-else-has-a-position",
              "Gives positions to pongs.",
              marks(f -> f.body() instanceof Body.Pong, (f, e) -> e.withSeq(1))),
          server(
              "one-counter-for-all-clients",
              "resume/client-counters-are-per-client",
              "Counts all tabs together.",
              remembers((step, in) -> {
                var clients = step.state().clients();
                long most = clients.values().stream().mapToLong(p -> p.processed()).max().orElse(0);
                for (var entry : clients.entrySet()) {
                  clients = clients.plus(entry.getKey(), Change.processed(entry.getValue(), most));
                }
                return Change.clients(step.state(), clients);
              })),
          server(
              "counter-of-its-own-for-each-connection",
              "resume/server-counter-is-per-session",
              "Numbers a second connection's frames anew.",
              outputs(o ->
                  o instanceof ServerOutput.Send s
                          && s.frame().envelope().positioned()
                          && !s.connection().equals("c1")
                      ? List.of(
                          new ServerOutput.Send(
                              s.connection(), s.frame().with(s.frame().envelope().withSeq(1))))
                      : List.of(o))),
          server(
              "hides-posts",
              "resume/positioned-frames-reach-every-connection",
              "Keeps the frames of a POST from the socket.",
              withholds(f -> String.valueOf(f.envelope().replyTo()).startsWith("h"))),
          server(
              "replays-under-a-new-time",
              "resume/resend-is-the-same-frame",
              "Stamps a replay with the time of the replay.",
              marks(
                  f -> f.envelope().replay(),
                  (f, e) ->
                      Envelope.at("2026-01-01T09:09:09.000Z")
                          .withSeq(e.seq())
                          .withRun(e.runId())
                          .withReplyTo(e.replyTo())
                          .asReplay())),
          server(
              "refused-frame-takes-nothing",
              "resume/refused-frame-takes-its-position",
              "Wants the position of a refused frame again.",
              remembers((step, in) ->
                  refused(step)
                      ? Change.clients(
                          step.state(),
                          step.state()
                              .clients()
                              .plus(
                                  "tab1",
                                  Change.processed(
                                      step.state().clients().getOrDefault("tab1", NOBODY), 0)))
                      : step.state())),
          server(
              "refused-frame-claims-its-id",
              "resume/refused-frame-claims-no-id",
              "Keeps the id of a message that it refused.",
              remembers((step, in) ->
                  refused(step) && frame(in) != null
                      ? Change.claims(
                          step.state(),
                          step.state()
                              .claims()
                              .plus(
                                  String.valueOf(frame(in).envelope().id()),
                                  new Claim("0", "r0", null, false)))
                      : step.state())),
          // Acknowledging
          server(
              "acks-one-too-few",
              "resume/ack-is-highest-contiguous",
              "Acks the position before the last.",
              marks(f -> f.envelope().ack() > 0, (f, e) -> e.withAck(e.ack() - 1))),
          server(
              "sends-before-it-records",
              "resume/server-acks-what-is-stored resume/audit-store-send",
              "Lets frames leave before audit and store.",
              rearranges(BentServer::sentFirst)),
          server(
              "never-acks-alone",
              "resume/ack-within-1-s-or-32-frames",
              "Acks only with frames that travel anyway.",
              withholds(f -> f.body() instanceof Status.Ack a && !a.duplicate())),
          server(
              "acks-count-on-status-only",
              "resume/ack-counts-on-any-frame",
              "Overlooks the ack on a ping.",
              hears((s, f) ->
                  f.body() instanceof Body.Ping
                      ? f.with(f.envelope().withAck(Envelope.ABSENT))
                      : f)),
          server(
              "lower-ack-is-a-crime",
              "resume/lower-ack-is-ignored",
              "Closes a client whose ack goes back.",
              closesOn((s, f) ->
                  f.envelope().ack() >= 0
                      && s.clients().values().stream()
                          .anyMatch(p -> f.envelope().ack() < p.acked()))),
          server(
              "believes-any-ack",
              "resume/ack-beyond-sent-closes-4203",
              "Takes an ack of what it never sent.",
              hears((s, f) ->
                  f.envelope().ack() > s.topSeq() ? f.with(f.envelope().withAck(s.topSeq())) : f)),
          // Receiving and ids
          server(
              "works-twice",
              "resume/duplicate-is-dropped",
              "Takes a resent message for a new one.",
              hears((s, f) -> {
                long next =
                    s.clients().values().stream().mapToLong(p -> p.processed()).max().orElse(0) + 1;
                return f.body() instanceof Message && f.envelope().seq() < next
                    ? f.with(f.envelope().withSeq(next).withId("again-" + next))
                    : f;
              })),
          server(
              "silent-on-duplicates",
              "resume/duplicate-is-acked-again",
              "Drops a resent message without a word.",
              overhears((s, f) ->
                  f.envelope().seq() > 0
                      && f.envelope().seq()
                          <= s.clients().values().stream()
                              .mapToLong(p -> p.processed())
                              .max()
                              .orElse(0))),
          server(
              "loses-the-second",
              "resume/next-is-delivered",
              "Acks the second message and never works on it.",
              hears((s, f) ->
                  f.body() instanceof Message && f.envelope().seq() == 2
                      ? new Frame(f.envelope(), new Status.Cancel("r-nobody"))
                      : f)),
          server(
              "jumps-gaps",
              "resume/gap-closes-4003",
              "Overlooks what comes too early.",
              overhears((s, f) ->
                  f.envelope().seq()
                      > 1
                          + s.clients().values().stream()
                              .mapToLong(p -> p.processed())
                              .max()
                              .orElse(0))),
          server(
              "patient-with-gaps",
              "resume/second-gap-closes-4203",
              "Closes 4003 however often one position is missing.",
              closes(4203, 4003)),
          server(
              "forgets-ids",
              "resume/id-is-claimed-with-acceptance resume/later-comer-starts-nothing",
              "Remembers no id.",
              remembers((step, in) -> Change.claims(step.state(), TreePMap.empty()))),
          server(
              "silent-on-known-ids",
              "resume/duplicate-id-is-told",
              "Says nothing to a message that it has.",
              withholds(f -> f.body() instanceof Status.Ack a && a.duplicate())),
          server(
              "late-post-gets-nothing",
              "resume/duplicate-id-waits-over-http",
              "Never answers a POST whose id is known.",
              without(
                  o -> o instanceof ServerOutput.Reply r && r.reply() instanceof HttpReply.Ended)),
          server(
              "reused-id-may-come-again",
              "resume/reused-id-closes-4205",
              "Closes a reused id as if the next try could work.",
              closes(4205, 4000)),
          server(
              "reused-id-is-any-bad-request",
              "resume/reused-id-is-409-over-http",
              "Answers a reused id with 400.",
              outputs(o ->
                  o instanceof ServerOutput.Reply r && r.reply().status() == 409
                      ? List.of(
                          new ServerOutput.Reply(
                              r.request(), new HttpReply.Refused(400, "bad_request", "no")))
                      : List.of(o))),
          server(
              "ids-die-with-the-connection",
              "resume/ids-outlive-connections",
              "Forgets ids when the last connection ends.",
              remembers((step, in) ->
                  in instanceof ServerInput.Closed
                      ? Change.claims(step.state(), TreePMap.empty())
                      : step.state())),
          // Effects
          server(
              "hanging-up-cancels",
              "resume/disconnect-is-not-cancel",
              "Stops a run when its person is gone.",
              sound ->
                  (state, input, now) -> {
                    var step = sound.step(state, input, now);
                    return input instanceof ServerInput.Closed && !state.runs().isEmpty()
                        ? sound.step(
                            step.state(),
                            new ServerInput.AgentSaid(
                                state.runs().get(0).id(), new AgentEvent.Failed("gone")),
                            now)
                        : step;
                  }),
          server(
              "resume-runs-again",
              "resume/replay-runs-no-tool",
              "Starts the run in progress anew for whoever comes back.",
              sound ->
                  (state, input, now) -> {
                    var step = sound.step(state, input, now);
                    var outputs = new ArrayList<>(step.outputs());
                    if (frame(input).body() instanceof Status.Hello) {
                      step.state()
                          .runs()
                          .forEach(r ->
                              outputs.add(
                                  new ServerOutput.StartRun(
                                      r.id(), r.messageId(), r.content(), r.history())));
                    }
                    return new Step<>(step.state(), outputs);
                  }));

  private static UnaryOperator<ServerStep> positions(UnaryOperator<Long> change) {
    return marks(f -> f.envelope().positioned(), (f, e) -> e.withSeq(change.apply(e.seq())));
  }

  private static boolean refused(Step<?, ServerOutput> step) {
    return step.outputs().stream()
        .anyMatch(o ->
            o instanceof ServerOutput.Send s
                && s.frame().body() instanceof Failure
                && s.frame().envelope().runId() == null);
  }
}
