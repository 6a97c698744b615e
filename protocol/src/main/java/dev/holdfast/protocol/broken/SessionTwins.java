package dev.holdfast.protocol.broken;

import static dev.holdfast.protocol.broken.BentServer.*;
import static dev.holdfast.protocol.broken.Twin.server;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption.Outcome;
import dev.holdfast.protocol.frame.Resumption.Reason;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Servers that greet, resume or reset in a wrong way. */
final class SessionTwins {
  private SessionTwins() {}

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
                  frame(in).body() instanceof Status.Hello
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
                          c, r -> r.reason() == Reason.UNKNOWN ? Change.positions(r, 1, 5) : r))));

  private static UnaryOperator<ServerStep> deafAfterReplay() {
    return ignores((s, in) -> frame(in).body() instanceof Message && !connection(in).equals("c1"));
  }
}
