package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.Connection;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import dev.holdfast.scenarios.broken.BrokenTwin.Breakage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Servers that break what MUST hold in profile resume and is a recommendation in core, or less. */
final class ResumeLevelTable {
  private static final List<String> EVERY_RUN = List.of("clarification", "planning");

  static final List<BrokenTwin> ALL =
      List.of(
          bent(
              "forgets-disconnects",
              "Records no end of a connection.",
              Bend.outputs(o ->
                  o instanceof ServerOutput.Audit a
                          && a.event().event().equals(AuditEvent.DISCONNECT)
                      ? List.of()
                      : List.of(o)),
              "audit/records-disconnect"),
          bent(
              "acks-in-a-drain",
              "Acks what comes after it announced a drain.",
              good ->
                  (state, input, now) -> ackedInADrain(state, input, good.step(state, input, now)),
              "rollout/drain-accepts-nothing-new/in-resume"),
          bent(
              "deaf-to-returned-clients",
              "Overlooks what is said on a connection that it replayed to.",
              DeafAfterReplay::new,
              "resume/client-may-send-during-replay"),
          bent(
              "tools-without-stages",
              "Reports tools and no stage for them.",
              Bend.withholds(
                  f -> f.body() instanceof Status.Processing p && !EVERY_RUN.contains(p.stage())),
              "conversation/stage-for-each-tool"),
          bent(
              "stages-without-tools",
              "Reports a stage for each tool and no tool.",
              Bend.withholds(f -> f.body() instanceof ToolExecution),
              "conversation/tools-are-reported"),
          bent(
              "user-opens-its-sessions",
              "Lets a user without token into a session of the same user.",
              Bend.inputs(ResumeLevelTable::withTheUsersToken),
              "transport/user-id-proves-nothing/in-resume"),
          meddled(
              "dies-of-its-own-frames",
              "Ends the connection at a frame that only servers send, and at an unknown status.",
              Rewrites.diesOf(
                  Rewrites.text(
                      "\"type\":\"(tool_execution|pong)\"|\"status\":\"(processing|no_such_word)\"")),
              "envelope/server-skips-the-unexpected/*"),
          meddled(
              "lets-core-in",
              "Lets profile core into a session opened in resume.",
              Rewrites.request(
                  "(?is)^(GET /ws/chat\\?session_id=[^& ]+)(?=[& ])(?!.*Sec-WebSocket-Protocol)",
                  "$1-core"),
              "resume/core-handshake-to-a-resume-session-is-403",
              "transport/forbidden-is-403"),
          meddled(
              "overlooks-bearers",
              "Never looks at Authorization.",
              Rewrites.request("(?i)\r\nAuthorization: [^\r]*", ""),
              "resume/bad-token-is-403-over-http/right-token"));

  private ResumeLevelTable() {}

  private static Step<SessionState, ServerOutput> ackedInADrain(
      SessionState state, ServerInput input, Step<SessionState, ServerOutput> step) {
    boolean said =
        state.draining() != null
            && input instanceof ServerInput.Received r
            && r.decoded() instanceof Decoded.Ok ok
            && ok.frame().body() instanceof Message;
    if (!said) {
      return step;
    }
    ServerInput.Received received = (ServerInput.Received) input;
    Envelope heard = ((Decoded.Ok) received.decoded()).frame().envelope();
    List<ServerOutput> bent = new ArrayList<>(step.outputs());
    Envelope ack = Envelope.at("2026-01-01T00:00:00.000Z").withAck(heard.seq());
    bent.add(
        new ServerOutput.Send(received.connection(), new Frame(ack, new Status.Ack(0, false))));
    return new Step<>(step.state(), bent);
  }

  /** A hello without token from a user who is in the session already is given the token. */
  private static @Nullable ServerInput withTheUsersToken(SessionState state, ServerInput input) {
    SessionState.Access access = state.access();
    if (access == null
        || !(input instanceof ServerInput.Received r)
        || !(r.decoded() instanceof Decoded.Ok ok)
        || !(ok.frame().body() instanceof Status.Hello h)
        || h.resumeToken() != null) {
      return input;
    }
    List<String> users =
        state.connections().stream()
            .filter(c -> c.id().equals(r.connection()))
            .map(Connection::userId)
            .filter(Objects::nonNull)
            .toList();
    boolean known =
        state.connections().stream()
            .anyMatch(c -> !c.id().equals(r.connection()) && users.contains(c.userId()));
    Status.Hello shown =
        new Status.Hello(
            h.clientId(),
            h.attempt(),
            access.token(),
            h.epoch(),
            h.ack(),
            h.queued(),
            h.capabilities());
    Frame bent = Bend.with(ok.frame(), shown);
    return known ? new ServerInput.Received(r.connection(), new Decoded.Ok(bent)) : input;
  }

  private static BrokenTwin bent(
      String name, String sentence, UnaryOperator<ServerStep> bend, String... fails) {
    return new BrokenTwin(name, sentence, List.of(fails), new Breakage.Bent(() -> bend));
  }

  private static BrokenTwin meddled(
      String name, String sentence, Supplier<Meddling> meddling, String... fails) {
    return new BrokenTwin(name, sentence, List.of(fails), new Breakage.Meddled(meddling));
  }
}
