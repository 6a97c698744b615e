package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.scenarios.broken.BrokenTwin.Breakage;
import dev.holdfast.server.misbehaviour.Misbehaviour;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** All broken servers: name, what each does wrong, and the cases that must notice. */
public final class BrokenServers {
  private static final List<BrokenTwin> FIRST =
      List.of(
          // transport
          meddled(
              "takes-fragments-for-messages",
              "Treats each WebSocket frame as a message.",
              WireTwins::takesFragmentsForMessages,
              "transport/fragments-work/*"),
          meddled(
              "ignores-fragments",
              "Reads messages of one frame only.",
              WireTwins::ignoresFragments,
              "transport/fragments-work/*"),
          meddled(
              "swallows-binary",
              "Ignores binary frames.",
              WireTwins::swallowsBinary,
              "transport/binary-closes-1003"),
          meddled(
              "reads-binary-as-text",
              "Reads binary frames as if they were text.",
              WireTwins::readsBinaryAsText,
              "transport/binary-closes-1003"),
          meddled(
              "mends-bad-utf8",
              "Replaces what is no UTF-8 by question marks.",
              WireTwins::mendsBadUtf8,
              "transport/bad-utf8-closes-1007/*"),
          meddled(
              "swallows-bad-utf8",
              "Ignores frames that are no UTF-8.",
              WireTwins::swallowsBadUtf8,
              "transport/bad-utf8-closes-1007/*"),
          meddled(
              "closes-with-1011-only",
              "Closes for every reason with 1011.",
              WireTwins::closesWith1011Only,
              "transport/binary-closes-1003",
              "transport/bad-utf8-closes-1007/*",
              "envelope/ten-bad-in-a-row-close-4203"),
          // envelope
          named("unreadable-timestamps", "envelope/timestamp-is-readable"),
          meddled(
              "timestamps-in-seconds",
              "Writes timestamps as seconds since 1970.",
              () -> WireTwins.timestamps("1767225600.5"),
              "envelope/timestamp-is-readable"),
          meddled(
              "timestamps-in-local-style",
              "Writes timestamps as people of one country do.",
              () -> WireTwins.timestamps("\"01.02.2026 09:00:00\""),
              "envelope/timestamp-is-readable"),
          meddled(
              "drops-unknown-fields",
              "Drops frames with a field that it does not know.",
              WireTwins::dropsUnknownFields,
              "envelope/unknown-fields-are-ignored"),
          named("deaf-after-bad-frame", "envelope/never-deaf/words"),
          meddled(
              "deaf-after-empty-frame",
              "Takes an empty text for the end of the stream and reads no more.",
              DeafAfterEmptyFrame::new,
              "envelope/never-deaf/empty"),
          named("dies-of-bad-frame", "envelope/not-json-is-told/words"),
          silentAbout(
              ErrorCode.INVALID_JSON,
              "envelope/not-json-is-told/*",
              "envelope/duplicate-key-is-told/*",
              "envelope/lone-surrogate-is-told/*",
              "envelope/too-deep-is-told/*"),
          silentAbout(
              ErrorCode.INVALID_FRAME,
              "envelope/not-an-object-is-told/*",
              "envelope/wrong-kind-is-told/*"),
          silentAbout(ErrorCode.UNKNOWN_TYPE, "envelope/unknown-type-is-told/*"),
          bent(
              "errors-without-codes",
              "Tells what is wrong in words only.",
              Bends.errorsWithoutCodes(),
              "envelope/error-has-a-code",
              "envelope/not-json-is-told/*",
              "envelope/wrong-kind-is-told/*",
              "envelope/unknown-type-is-told/*",
              "conversation/empty-content-is-told/*",
              "conversation/agent-failure-is-told"),
          bent(
              "patient-with-bad-frames",
              "Answers bad frames for ever.",
              Bends.neverCloses(CloseCode.PROTOCOL_VIOLATION),
              "envelope/ten-bad-in-a-row-close-4203"),
          // conversation
          named("no-greeting", "conversation/greets-first"),
          named("speaks-before-greeting", "conversation/greets-first"),
          named("never-answers", "conversation/one-terminal-frame"),
          named("two-terminals", "conversation/one-terminal-frame"),
          named("empty-answers", "conversation/one-terminal-frame"),
          bent(
              "error-after-answer",
              "Sends an error behind each answer.",
              Bends.errorAfterAnswer(),
              "conversation/one-terminal-frame"),
          named("newest-first", "conversation/answers-in-order"),
          named("ignores-while-busy", "conversation/answers-in-order"),
          bent(
              "works-side-by-side",
              "Works on several messages at once and answers the last one first.",
              SideBySide::new,
              "conversation/answers-in-order",
              "conversation/runs-do-not-interleave"),
          bent(
              "answers-emptiness",
              "Gives the agent messages without content.",
              Bends.answersEmptiness(),
              "conversation/empty-content-is-told/*"),
          silentAbout(ErrorCode.EMPTY_CONTENT, "conversation/empty-content-is-told/*"),
          bent(
              "believes-any-session",
              "Takes a message that names another session.",
              Bends.believesAnySession(),
              "conversation/session-mismatch-is-told"),
          silentAbout(ErrorCode.SESSION_MISMATCH, "conversation/session-mismatch-is-told"),
          silentAbout(
              ErrorCode.AGENT_FAILED,
              "conversation/agent-failure-is-told",
              "conversation/one-terminal-frame/failing-agent"),
          bent(
              "hides-failures-in-answers",
              "Answers with the text of the error when its agent fails.",
              Bends.hidesFailuresInAnswers(),
              "conversation/agent-failure-is-told"),
          bent(
              "tools-go-back",
              "Reports a tool as running after it completed.",
              Bends.toolsGoBack(),
              "conversation/tool-status-only-advances",
              "conversation/nothing-after-a-tools-end",
              "resume/replay-runs-no-tool"),
          bent(
              "leaves-tools-open",
              "Never tells that a tool completed.",
              Bends.leavesToolsOpen(),
              "conversation/tool-status-only-advances"),
          bent(
              "tools-in-own-words",
              "Reports a tool's status in a word of its own.",
              Bends.startsToolsUnannounced(),
              "conversation/tool-status-only-advances"),
          named("tool-after-terminal", "conversation/nothing-after-the-terminal"),
          // session
          named("late-close-unregisters-newer", "session/stale-close-is-harmless/*"),
          bent(
              "serves-the-oldest",
              "Sends a session's frames to its oldest connection.",
              ServesTheOldest::new,
              "session/newest-gets-the-frames"),
          // isolation
          shared(
              "bad-frame-stops-all",
              "Serves nobody any more after one session's bad frame.",
              StopsForAll.atABadFrame(),
              "isolation/bad-peer-harms-no-other-session/words"),
          shared(
              "dead-socket-stops-all",
              "Serves nobody any more after one connection died.",
              StopsForAll.atADeadSocket(),
              "isolation/dying-connection-harms-no-other-session/*"),
          meddled(
              "health-waits-for-agents",
              "Answers /health when no run is in progress.",
              HealthWaitsForAgents::new,
              "isolation/health-answers-throughout"),
          meddled(
              "broadcasts-answers",
              "Sends each answer to all its connections.",
              BroadcastsAnswers::new,
              "isolation/frames-stay-in-their-session"),
          meddled(
              "answers-the-latest",
              "Sends each answer to the connection that sent the latest message.",
              AnswersTheLatest::new,
              "isolation/frames-stay-in-their-session/two-at-once"),
          // heartbeat
          named("swallows-pongs", "heartbeat/ping-is-answered", "heartbeat/pong-during-a-run"),
          bent(
              "closes-on-ping",
              "Takes a ping for a violation.",
              Bends.closesOnPing(),
              "heartbeat/ping-is-answered",
              "heartbeat/pong-while-busy"),
          named(
              "pong-behind-run",
              "heartbeat/pong-while-busy",
              "heartbeat/pong-while-busy/in-resume"),
          // queue
          named("drops-queue", "queue/retained-while-away/*-back-late"),
          bent(
              "run-dies-with-its-socket",
              "Loses what the agent says while nobody is connected.",
              Bends.runDiesWithItsSocket(),
              "queue/retained-while-away/*-back-late"),
          bent(
              "replays-to-everybody",
              "Sends what it retained to every later connection again.",
              ReplaysToEverybody::new,
              "queue/replayed-once"),
          named("replays-twice", "queue/replayed-once"),
          named("reorders-replay", "queue/replayed-in-order", "queue/repeats-never-reorder"),
          silentAbout(
              ErrorCode.REPLAY_OVERFLOW,
              "queue/overflow-is-told/*",
              "queue/overflow-leaves-no-silent-hole"),
          named("deaf-to-heartbeat", "heartbeat/timers-belong-to-the-connection"),
          // rollout
          silentAbout(ErrorCode.DRAINING, "rollout/core-drain-is-told"),
          named("says-done-on-drain", "rollout/drain-closes-4001"),
          named("silent-drain", "rollout/drain-is-announced"),
          // resume
          named("keeps-older-connection", "session/older-is-superseded"),
          named(
              "pong-without-reply-to",
              "heartbeat/pong-names-its-ping",
              "heartbeat/pong-names-its-ping/in-a-replay"),
          named("skips-a-position", "resume/replays-exactly-what-was-missed/*"),
          named(
              "forgets-ids",
              "resume/later-comer-starts-nothing",
              "resume/id-is-claimed-with-acceptance",
              "resume/id-is-claimed-with-acceptance/*",
              "conversation/known-id-ends-again",
              "http/same-ids"),
          named(
              "accepts-any-token",
              "session/takeover-needs-a-good-hello",
              "resume/bad-token-closes-4100/*"),
          named("acks-too-much", "resume/ack-is-highest-contiguous"),
          named(
              "never-acks",
              "resume/ack-within-1-s-or-32-frames",
              "resume/server-acks-what-is-stored"),
          named("no-caught-up", "resume/caught-up-ends-the-replay"),
          named("loses-a-delta", "tokens/terminal-equals-the-pieces"));

  public static final List<BrokenTwin> ALL =
      Stream.of(
              FIRST,
              WireTable.ALL,
              CoreTable.ALL,
              AwayTable.ALL,
              StrangerTable.ALL,
              ResumeLevelTable.ALL)
          .flatMap(List::stream)
          .toList();

  private BrokenServers() {}

  public static Optional<BrokenTwin> find(String name) {
    return ALL.stream().filter(twin -> twin.name().equals(name)).findFirst();
  }

  public static List<String> names() {
    return ALL.stream().map(BrokenTwin::name).toList();
  }

  private static BrokenTwin bent(
      String name, String sentence, UnaryOperator<ServerStep> bend, String... fails) {
    return shared(name, sentence, () -> bend, fails);
  }

  /** Bent, and the sessions of one server share what is wrong. */
  private static BrokenTwin shared(
      String name, String sentence, Supplier<UnaryOperator<ServerStep>> bend, String... fails) {
    return new BrokenTwin(name, sentence, List.of(fails), new Breakage.Bent(bend));
  }

  /** One that the reference server has on offer for everybody. */
  private static BrokenTwin named(String name, String... fails) {
    String sentence =
        Misbehaviour.all().stream()
            .filter(m -> m.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no misbehaviour is named " + name))
            .sentence();
    return bent(name, sentence, Misbehaviour.named(name), fails);
  }

  private static BrokenTwin silentAbout(String code, String... fails) {
    String name = "silent-about-" + code.replace('_', '-');
    return bent(name, "Never sends the error " + code + ".", Bends.silentAbout(code), fails);
  }

  private static BrokenTwin meddled(
      String name, String sentence, Supplier<Meddling> meddling, String... fails) {
    return new BrokenTwin(name, sentence, List.of(fails), new Breakage.Meddled(meddling));
  }
}
