package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;

/** A client while one step changes it: the state thawed, and the outputs so far. */
final class ClientDraft {
  final ClientConfig config;
  final Tick now;
  private final ClientState before;
  private final List<ClientOutput> outputs = new ArrayList<>();

  Phase phase;
  LinkState reported;
  @Nullable String sessionId;
  int connection;
  int attempt;
  boolean withoutResume;
  Outbox outbox;
  Resuming resuming;
  PVector<String> endedRuns;

  ClientDraft(ClientState state, ClientConfig config, Tick now) {
    this.config = config;
    this.now = now;
    before = state;
    phase = state.phase();
    reported = state.reported();
    sessionId = state.sessionId();
    connection = state.connection();
    attempt = state.attempt();
    withoutResume = state.withoutResume();
    outbox = state.outbox();
    resuming = state.resuming();
    endedRuns = state.endedRuns();
  }

  Step<ClientState, ClientOutput> finish(long deadline) {
    long wakeAt = before.wakeAt();
    if (deadline < wakeAt || now.reached(wakeAt)) {
      wakeAt = deadline;
      if (deadline != Heartbeat.NEVER) {
        outputs.add(new ClientOutput.WakeAt(deadline));
      }
    }
    return new Step<>(
        new ClientState(
            phase,
            reported,
            sessionId,
            connection,
            attempt,
            withoutResume,
            outbox,
            resuming,
            endedRuns,
            wakeAt),
        outputs);
  }

  void output(ClientOutput output) {
    outputs.add(output);
  }

  /** Only who waits waits for an attempt: asking which transport to use is none. */
  void report(LinkState state, long delayMs, String reason) {
    reported = state;
    int shown = state == LinkState.RECONNECTING && delayMs > 0 ? attempt : 0;
    outputs.add(new ClientOutput.StateChanged(state, shown, delayMs, reason));
  }

  String timestamp() {
    return Timestamps.format(now.wall());
  }

  Envelope envelope() {
    return Envelope.at(timestamp());
  }

  void send(Phase.Open open, Body body) {
    send(open, new Frame(envelope(), body));
  }

  /** Sends on the open connection; in profile resume the acknowledgement travels along. */
  void send(Phase.Open open, Frame frame) {
    Frame out = frame;
    if (open.resumes() && !open.snapshotDue()) {
      out = frame.with(frame.envelope().withAck(resuming.received()));
      if (phase instanceof Phase.Open current) {
        phase = current.owing(0, Heartbeat.NEVER);
      }
    }
    outputs.add(new ClientOutput.Send(open.connection(), out));
  }
}
