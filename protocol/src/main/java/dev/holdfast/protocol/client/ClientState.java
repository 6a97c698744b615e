package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Few;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;

/**
 * All that a client knows.
 *
 * @param reported the state that the person was last told
 * @param sessionId the conversation; null until the server named it
 * @param connection the newest connection's number, from 1
 * @param attempt failed attempts in a row
 * @param withoutResume whether the next attempt must not offer the subprotocol
 * @param endedRuns runs whose end the application has seen, newest last
 * @param wakeAt the newest wake-up asked for
 */
public record ClientState(
    Phase phase,
    LinkState reported,
    @Nullable String sessionId,
    int connection,
    int attempt,
    boolean withoutResume,
    Outbox outbox,
    Resuming resuming,
    PVector<String> endedRuns,
    long wakeAt) {

  /**
   * A client that has not done anything yet.
   *
   * @param clientId random, one a tab
   */
  public static ClientState fresh(@Nullable String sessionId, String clientId) {
    return new ClientState(
        new Phase.Idle(false),
        LinkState.DISCONNECTED,
        sessionId,
        0,
        0,
        false,
        Outbox.EMPTY,
        Resuming.fresh(clientId),
        Few.none(),
        Heartbeat.NEVER);
  }

  /** The same client with other messages, at another place of its session. */
  public ClientState with(Outbox otherOutbox, Resuming otherResuming) {
    return new ClientState(
        phase,
        reported,
        sessionId,
        connection,
        attempt,
        withoutResume,
        otherOutbox,
        otherResuming,
        endedRuns,
        wakeAt);
  }

  /** The same client after so many failed attempts. */
  public ClientState withAttempt(int failed) {
    return new ClientState(
        phase,
        reported,
        sessionId,
        connection,
        failed,
        withoutResume,
        outbox,
        resuming,
        endedRuns,
        wakeAt);
  }
}
