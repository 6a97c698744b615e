package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.broken.Twin;
import dev.holdfast.protocol.broken.Twins;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.FrameType;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import dev.holdfast.scenarios.broken.BrokenTwin.Breakage;
import dev.holdfast.scenarios.conformance.ReferenceTarget;
import dev.holdfast.server.ServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Servers whose rules are bent where the protocol's own twins are, and a few that are set up. */
final class CoreTable {
  /** Cases that a twin of the protocol's cannot fail, since another part answers for it here. */
  private static final Map<String, List<String>> BESIDES =
      Map.of(
          "hanging-up-cancels", List.of("queue/retained-while-away/*-back-early"),
          "replay-lacks-the-first", List.of("resume/replays-exactly-what-was-missed/*"),
          "overflow-is-unknown", List.of("resume/reset-on-overflow/1001-frames"));

  /**
   * Twins of the protocol's that go by names of its own tests, that the shell makes up for, that
   * cannot be told from outside, or that the reference has on offer under the same name.
   */
  private static final Set<String> NOT_HERE =
      Set.of(
          "bad-token-closes-everybody",
          "core-walks-in",
          "sends-before-it-records",
          "resume-runs-again",
          "pieces-need-not-fit",
          "forgets-ids",
          "room-for-everybody",
          "pushes-without-end");

  static final List<BrokenTwin> ALL = all();

  private CoreTable() {}

  private static List<BrokenTwin> all() {
    List<BrokenTwin> all = new ArrayList<>();
    for (Twin twin : Twins.ALL) {
      if (twin.ofServer() && !NOT_HERE.contains(twin.name())) {
        all.add(of(twin));
      }
    }
    all.add(
        bent(
            "bad-token-closes-all",
            "Closes a whole session for one wrong token.",
            good -> (state, input, now) -> closedForAll(good.step(state, input, now)),
            "resume/bad-token-changes-nothing"));
    all.add(
        bent(
            "nameless-errors",
            "Does not say which frame an error is about.",
            Bend.frames(f ->
                f.body() instanceof Failure
                    ? List.of(f.with(f.envelope().withReplyTo(null)))
                    : List.of(f)),
            "envelope/reply-to-names-the-fault"));
    all.add(
        bent(
            "shows-traces",
            "Sends the text of its exceptions.",
            failures(f ->
                new Failure(
                    "Traceback (most recent call last): File \"/app/main.py\", line 7",
                    f.code(),
                    f.retryable(),
                    false)),
            "envelope/errors-hide-the-inside/*"));
    all.add(
        bent(
            "busy-for-good",
            "Says of no error that a retry may help.",
            failures(f -> new Failure(f.error(), f.code(), false, false)),
            "conversation/busy-is-told",
            "rollout/core-drain-is-told"));
    all.add(
        bent(
            "nameless-ends",
            "Does not say which run an error ends.",
            Bend.frames(f ->
                f.body() instanceof Failure
                    ? List.of(f.with(f.envelope().withRun(null)))
                    : List.of(f)),
            "envelope/terminal-error-has-run-id"));
    all.add(
        bent(
            "works-in-silence",
            "Tells no stages and no tools.",
            Bend.withholds(
                f -> f.body() instanceof Status.Processing || f.body() instanceof ToolExecution),
            "conversation/stage-*",
            "conversation/tools-are-reported"));
    all.add(
        bent(
            "acks-count-on-pings-only",
            "Overlooks the ack of a status.",
            Bend.hears(f ->
                f.body() instanceof Status.Ack ? f.with(f.envelope().withAck(Envelope.ABSENT)) : f),
            "resume/ack-counts-on-any-frame/on-status"));
    all.add(
        bent(
            "pings-nobody",
            "Never asks a silent client whether it is still there.",
            Bend.withholds(CoreTable::isPing),
            "heartbeat/server-pings-the-silent"));
    all.add(
        bent(
            "hangs-up-on-the-silent",
            "Closes a silent connection where it should ping it.",
            Bend.outputs(o ->
                o instanceof ServerOutput.Send send && isPing(send.frame())
                    ? List.of(new ServerOutput.Close(send.connection(), 4000, "silent"))
                    : List.of(o)),
            "heartbeat/core-silence-at-least-75-s",
            "heartbeat/server-pings-the-silent"));
    all.add(
        bent(
            "keeps-the-silent",
            "Keeps a connection however long it has been silent.",
            Bends.neverCloses(4000),
            "heartbeat/server-closes-the-silent"));
    all.add(
        bent(
            "serves-the-first-only",
            "Greets every connection of a session and serves the first.",
            ServesTheFirst::new,
            "session/stale-close-is-harmless/*"));
    all.add(
        setUp(
            "keeps-fifty-frames",
            "Keeps no more than fifty frames.",
            o -> o.config(ServerConfig.STANDARD.withRetention(120_000, 50, 1 << 20)),
            "queue/retention-limits/*"));
    all.add(
        setUp(
            "keeps-everything",
            "Keeps what a client does not read, whatever it takes.",
            o -> o.limits(ReferenceTarget.LIMITS.withOutboundBytes(1L << 40)),
            "queue/slow-consumer-closes-4002"));
    all.add(
        new BrokenTwin(
            "ignores-the-environment",
            "Reads no environment.",
            List.of("rollout/kill-switch", "transport/switched-off-is-403", "rollout/percent"),
            new Breakage.SetUp(UnaryOperator.identity(), false)));
    return List.copyOf(all);
  }

  private static boolean isPing(Frame frame) {
    return frame.body().type() == FrameType.PING;
  }

  /** A wrong token costs everybody in the session their connection. */
  private static Step<SessionState, ServerOutput> closedForAll(
      Step<SessionState, ServerOutput> step) {
    List<ServerOutput> bent = new ArrayList<>(step.outputs());
    boolean bad =
        bent.stream().anyMatch(o -> o instanceof ServerOutput.Close c && c.code() == 4100);
    if (bad) {
      step.state()
          .connections()
          .forEach(c -> bent.add(new ServerOutput.Close(c.id(), 4100, "you too")));
    }
    return new Step<>(step.state(), bent);
  }

  private static BrokenTwin of(Twin twin) {
    List<String> fails = new ArrayList<>();
    for (String clause : twin.clauses()) {
      fails.add(clause);
      fails.add(clause + "/*");
    }
    fails.addAll(BESIDES.getOrDefault(twin.name(), List.of()));
    return bent(twin.name(), twin.says(), twin::bendServer, fails.toArray(String[]::new));
  }

  private static UnaryOperator<ServerStep> failures(UnaryOperator<Failure> change) {
    return Bend.frames(frame ->
        frame.body() instanceof Failure f
            ? List.<Frame>of(Bend.with(frame, change.apply(f)))
            : List.of(frame));
  }

  private static BrokenTwin bent(
      String name, String sentence, UnaryOperator<ServerStep> bend, String... fails) {
    return new BrokenTwin(name, sentence, List.of(fails), new Breakage.Bent(() -> bend));
  }

  private static BrokenTwin setUp(
      String name, String sentence, UnaryOperator<ServerOptions.Builder> options, String... fails) {
    return new BrokenTwin(name, sentence, List.of(fails), new Breakage.SetUp(options, true));
  }
}
