package dev.holdfast.protocol.broken;

import static dev.holdfast.protocol.broken.BentServer.*;
import static dev.holdfast.protocol.broken.Twin.server;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Message.Stream.State;
import dev.holdfast.protocol.frame.Resumption.Outcome;
import dev.holdfast.protocol.frame.Resumption.Reason;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.Claim;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pcollections.TreePMap;

/** Servers that are wrong in one way each: a table of contents. */
final class ServerTwins {
  private ServerTwins() {}

  static final List<Twin> ALL =
      List.of(
          // Hello and connected
          server(
              "waits-for-hello-forever",
              "resume/hello-within-10-s",
              "Never closes a connection that says no hello.",
              closes(4005, 0)),
          server(
              "takes-anything-for-a-start",
              "resume/other-first-frame-closes-4203",
              "Closes a first frame that is no hello as if it might come again.",
              closes(4203, 4000)),
          server(
              "stale-hello-is-final-for-nobody",
              "resume/stale-attempt-closes-4204",
              "Closes an old hello as if it might come again.",
              closes(4204, 4000)),
          server(
              "connected-names-no-session",
              "resume/connected-fields",
              "Leaves the session out of connected.",
              says(
                  Status.Connected.class,
                  c ->
                      new Status.Connected(
                          null, c.heartbeatIntervalMs(), c.message(), c.resumption()))),
          server(
              "connected-tells-no-limits",
              "resume/connected-tells-limits",
              "Says 0 for every limit.",
              says(Status.Connected.class, c -> Change.resumption(c, Change::noLimits))),
          server(
              "grants-what-nobody-asked",
              "resume/capabilities-are-negotiated",
              "Uses tokens and cancel with every client.",
              hears((s, f) ->
                  f.body() instanceof Status.Hello h
                      ? new Frame(
                          f.envelope(),
                          Change.hello(
                              h, h.attempt(), h.epoch(), h.ack(), List.of("tokens", "cancel")))
                      : f)),
          server(
              "calls-the-new-resumed",
              "resume/outcome-new",
              "Answers a first hello with resumed.",
              says(
                  Status.Connected.class,
                  c ->
                      Change.resumption(
                          c,
                          r ->
                              r.outcome() == Outcome.NEW
                                  ? Change.outcome(r, Outcome.RESUMED, null)
                                  : r))),
          // Token
          server(
              "new-token-each-time",
              "resume/one-token-an-epoch",
              "Gives another token at each hello.",
              says(
                  Status.Connected.class,
                  c ->
                      Change.resumption(
                          c,
                          r ->
                              r.outcome() == Outcome.NEW
                                  ? r
                                  : Change.identity(r, r.epoch(), r.resumeToken() + "x")))),
          server(
              "short-token",
              "resume/token-has-128-bits",
              "Gives eight characters for a token.",
              says(
                  Status.Connected.class,
                  c ->
                      Change.resumption(
                          c, r -> Change.identity(r, r.epoch(), r.resumeToken().substring(0, 8))))),
          server(
              "bad-token-is-final",
              "resume/bad-token-closes-4100",
              "Closes a wrong token with 4200.",
              closes(4100, 4200)),
          server(
              "opener-never-returns-without-token",
              "resume/opener-may-return-without-token",
              "Wants the token of a client that may never have got it.",
              knows((s, in) ->
                  s.access() == null
                      ? s
                      : Change.access(
                          s, new Access(s.access().token(), s.access().openedBy(), true)))),
          server(
              "post-needs-no-token",
              "resume/bad-token-is-403-over-http",
              "Takes any POST.",
              inputs((s, in) ->
                  in instanceof ServerInput.Posted p && s.access() != null
                      ? new ServerInput.Posted(
                          p.request(),
                          s.access().token(),
                          p.userId(),
                          p.id(),
                          p.content(),
                          p.history())
                      : in)),
          server(
              "bad-token-closes-everybody",
              "resume/bad-token-changes-nothing",
              "Closes the whole session for one wrong token.",
              outputs(o ->
                  o instanceof ServerOutput.Close c && c.code() == 4100
                      ? List.of(o, new ServerOutput.Close("c2", 4100, "you too"))
                      : List.of(o))),
          server(
              "core-walks-in",
              "resume/core-handshake-to-a-resume-session-is-403",
              "Lets profile core into a session with a token.",
              knows((s, in) ->
                  in instanceof ServerInput.Opened o && o.profile() == Profile.CORE
                      ? Change.access(s, null)
                      : s)),
          server(
              "first-hello-gives-nothing",
              "resume/first-hello-gives-the-token",
              "Gives an empty token.",
              says(
                  Status.Connected.class,
                  c -> Change.resumption(c, r -> Change.identity(r, r.epoch(), "")))),
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
                                  "tab1", Change.processed(step.state().clients().get("tab1"), 0)))
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
                                  new Claim("0", "r0", null)))
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
          // Resumed
          server(
              "replay-lacks-the-first",
              "resume/replays-exactly-what-was-missed",
              "Skips the first frame of a replay.",
              rearranges(outputs -> {
                var left = new ArrayList<>(outputs);
                left.stream()
                    .filter(o -> o instanceof ServerOutput.Send s && s.frame().envelope().replay())
                    .findFirst()
                    .ifPresent(left::remove);
                return left;
              })),
          server(
              "replay-looks-live",
              "resume/replay-is-marked",
              "Does not mark what it replays.",
              marks(
                  f -> f.envelope().replay(),
                  (f, e) ->
                      Envelope.at(String.valueOf(e.timestamp()))
                          .withSeq(e.seq())
                          .withRun(e.runId())
                          .withReplyTo(e.replyTo()))),
          server(
              "never-caught-up",
              "resume/caught-up-ends-the-replay resume/live-after-caught-up",
              "Does not say when the replay is complete.",
              withholds(f -> f.body() instanceof Status.CaughtUp)),
          server(
              "deaf-after-a-replay",
              "resume/client-may-send-during-replay",
              "Overlooks the first thing said after a resume.",
              deafAfterReplay()),
          // Reset
          server(
              "reset-without-reason",
              "resume/reset-has-a-reason",
              "Says reset and not why.",
              says(
                  Status.Connected.class,
                  c -> Change.resumption(c, r -> Change.outcome(r, r.outcome(), null)))),
          server(
              "overflow-is-unknown",
              "resume/reset-on-overflow resume/ack-below-retention-is-a-reset",
              "Gives the wrong reason for an overflow.",
              says(
                  Status.Connected.class,
                  c ->
                      Change.resumption(
                          c,
                          r ->
                              r.reason() == Reason.OVERFLOW
                                  ? Change.outcome(r, Outcome.RESET, Reason.UNKNOWN)
                                  : r))),
          server(
              "believes-any-hello",
              "resume/ack-above-the-top-is-a-reset",
              "Resumes a client that claims more than there ever was.",
              hears((s, f) ->
                  f.body() instanceof Status.Hello h && h.ack() > s.topSeq() && s.access() != null
                      ? new Frame(
                          f.envelope(),
                          Change.hello(h, h.attempt(), h.epoch(), s.topSeq(), h.capabilities()))
                      : f)),
          server(
              "replays-after-a-reset",
              "resume/reset-replays-nothing",
              "Sends what is left after a reset.",
              sound ->
                  (state, input, now) -> {
                    var step = sound.step(state, input, now);
                    var outputs = new ArrayList<>(step.outputs());
                    if (outputs.stream()
                        .anyMatch(o ->
                            o instanceof ServerOutput.Send s
                                && s.frame().body() instanceof Status.Snapshot)) {
                      state
                          .retention()
                          .frames()
                          .forEach(f -> outputs.add(new ServerOutput.Send(connection(input), f)));
                    }
                    return new Step<>(step.state(), outputs);
                  }),
          server(
              "reset-starts-over",
              "resume/reset-keeps-numbering",
              "Counts from 1 after every reset.",
              remembers((step, in) ->
                  frame(in) != null && frame(in).body() instanceof Status.Hello
                      ? Change.topSeq(step.state(), 0)
                      : step.state())),
          server(
              "tells-a-reset-once",
              "resume/reset-is-told-until-known",
              "Takes for granted that a reset was heard.",
              hears((s, f) ->
                  f.body() instanceof Status.Hello h && h.attempt() > 2
                      ? new Frame(
                          f.envelope(),
                          Change.hello(h, h.attempt(), s.epoch(), s.topSeq(), h.capabilities()))
                      : f)),
          server(
              "reset-without-snapshot",
              "resume/snapshot-follows-reset",
              "Says reset and nothing more.",
              withholds(f -> f.body() instanceof Status.Snapshot)),
          server(
              "snapshot-names-no-message",
              "resume/snapshot-fields",
              "Does not say which message a run answers.",
              says(
                  Status.Snapshot.class,
                  s ->
                      new Status.Snapshot(
                          s.runs().stream().map(Change::nameless).toList(), s.truncated()))),
          server(
              "snapshot-is-oldest-first",
              "resume/snapshot-is-newest-first",
              "Lists runs in the order in which they came.",
              says(
                  Status.Snapshot.class,
                  s -> new Status.Snapshot(s.runs().reversed(), s.truncated()))),
          server(
              "every-reset-is-an-epoch",
              "resume/epoch-changes-only-on-loss",
              "Names a new epoch whenever a client missed too much.",
              says(
                  Status.Connected.class,
                  c ->
                      Change.resumption(
                          c,
                          r ->
                              r.outcome() == Outcome.RESET
                                  ? Change.identity(r, r.epoch() + "x", r.resumeToken())
                                  : r))),
          server(
              "new-epoch-goes-on-counting",
              "resume/new-epoch-starts-at-one",
              "Takes old positions into a new epoch.",
              says(
                  Status.Connected.class,
                  c ->
                      Change.resumption(
                          c, r -> r.reason() == Reason.UNKNOWN ? Change.positions(r, 1, 5) : r))),
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
                    if (frame(input) != null && frame(input).body() instanceof Status.Hello) {
                      step.state()
                          .runs()
                          .forEach(r ->
                              outputs.add(
                                  new ServerOutput.StartRun(
                                      r.id(), r.messageId(), r.content(), r.history())));
                    }
                    return new Step<>(step.state(), outputs);
                  }),
          // Tokens
          server(
              "pieces-without-text",
              "tokens/stream-frame",
              "Leaves the delta out.",
              pieces(m -> Change.piece(m, m.stream().state(), m.stream().offset(), null))),
          server(
              "always-starting",
              "tokens/states-advance",
              "Calls every piece the first.",
              pieces(m -> Change.piece(m, State.START, m.stream().offset(), m.delta()))),
          server(
              "numbers-pieces",
              "tokens/pieces-have-no-position",
              "Gives positions to pieces.",
              marks(
                  f -> f.body() instanceof Message m && m.stream() != null,
                  (f, e) -> e.withSeq(7))),
          server(
              "counts-code-points",
              "tokens/offset-in-utf16-units",
              "Counts a smile as one.",
              pieces(m ->
                  Change.piece(
                      m,
                      m.stream().state(),
                      m.stream().offset() - (m.stream().offset() > 0 ? 1 : 0),
                      m.delta()))),
          server(
              "splits-smiles",
              "tokens/no-split-code-point",
              "Cuts a piece in the middle of a pair.",
              pieces(m ->
                  m.delta().contains("\ude00")
                      ? Change.piece(
                          m, m.stream().state(), m.stream().offset(), m.delta().substring(0, 1))
                      : m)),
          server(
              "no-text-after-a-resume",
              "tokens/whole-text-after-caught-up",
              "Leaves a client that came back with half a text.",
              rearranges(outputs -> {
                boolean resumed =
                    outputs.stream()
                        .anyMatch(o ->
                            o instanceof ServerOutput.Send s
                                && s.frame().body() instanceof Status.CaughtUp);
                return outputs.stream()
                    .filter(o ->
                        !(resumed
                            && o instanceof ServerOutput.Send s
                            && s.frame().body() instanceof Message m
                            && m.stream() != null))
                    .toList();
              })),
          server(
              "terminal-holds-the-rest",
              "tokens/terminal-holds-the-whole",
              "Answers with what no piece has said yet.",
              says(Message.class, m -> m.isAnswer() ? Message.answer("", m.artifacts()) : m)),
          server(
              "pieces-need-not-fit",
              "tokens/terminal-equals-the-pieces",
              "Never takes a piece back.",
              sound ->
                  (state, input, now) -> {
                    var step = sound.step(state, input, now);
                    boolean answers =
                        input instanceof ServerInput.AgentSaid a
                            && a.event() instanceof AgentEvent.Answer;
                    return answers
                        ? new Step<>(
                            step.state(),
                            step.outputs().stream()
                                .filter(o ->
                                    !(o instanceof ServerOutput.Send s
                                        && s.frame().body() instanceof Message m
                                        && m.stream() != null))
                                .toList())
                        : step;
                  }),
          // Cancel
          server(
              "cancel-looks-like-failure",
              "cancel/run-ends-cancelled",
              "Ends a cancelled run with agent_failed.",
              says(
                  Failure.class,
                  f ->
                      ErrorCode.CANCELLED.equals(f.code())
                          ? Failure.of(ErrorCode.AGENT_FAILED, f.error())
                          : f)),
          server(
              "cancels-twice",
              "cancel/is-idempotent",
              "Ends a run again for each request.",
              outputs(o ->
                  o instanceof ServerOutput.Send s
                          && s.frame().body() instanceof Failure f
                          && ErrorCode.CANCELLED.equals(f.code())
                      ? List.of(o, o)
                      : List.of(o))),
          server(
              "cancel-only-at-first",
              "cancel/works-after-a-resume",
              "Overlooks a cancel on a later connection.",
              ignores((s, in) ->
                  frame(in) != null
                      && frame(in).body() instanceof Status.Cancel
                      && !connection(in).equals("c1"))));

  private static UnaryOperator<ServerStep> positions(UnaryOperator<Long> change) {
    return marks(f -> f.envelope().positioned(), (f, e) -> e.withSeq(change.apply(e.seq())));
  }

  private static UnaryOperator<ServerStep> pieces(UnaryOperator<Message> change) {
    return says(Message.class, m -> m.stream() == null ? m : change.apply(m));
  }

  private static boolean refused(Step<?, ServerOutput> step) {
    return step.outputs().stream()
        .anyMatch(o ->
            o instanceof ServerOutput.Send s
                && s.frame().body() instanceof Failure
                && s.frame().envelope().runId() == null);
  }

  private static UnaryOperator<ServerStep> deafAfterReplay() {
    return ignores((s, in) ->
        frame(in) != null && frame(in).body() instanceof Message && !connection(in).equals("c1"));
  }
}
