package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.Resumption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a client is between its person's wish to be connected and a greeted connection. */
public sealed interface Phase {

  /**
   * Not connected and not trying.
   *
   * @param superseded whether another connection of this client took over: a retry is a new client
   */
  record Idle(boolean superseded) implements Phase {}

  /** A handshake is under way. */
  record Dialing(int connection, boolean offered, long deadline) implements Phase {}

  /** The handshake is done, the server's greeting is not there yet. */
  record Greeting(int connection, Profile profile, long deadline) implements Phase {}

  /**
   * Connected.
   *
   * @param stableAt when the count of attempts returns to 0 without any progress
   * @param unackedFrames positioned frames delivered since the last acknowledgement
   * @param ackBy when an acknowledgement must travel alone
   * @param capabilities what both sides can do
   * @param reset what the server said of a reset; it takes effect with the snapshot that follows
   * @param draining whether the server said that it will close
   * @param retryAfterMs how long it then wants to be left alone
   */
  record Open(
      int connection,
      Profile profile,
      Heartbeat heartbeat,
      long stableAt,
      int unackedFrames,
      long ackBy,
      Set<String> capabilities,
      @Nullable Resumption reset,
      boolean draining,
      long retryAfterMs)
      implements Phase {

    Open with(Heartbeat other) {
      return copy(other, stableAt, unackedFrames, ackBy, reset);
    }

    Open stable() {
      return copy(heartbeat, Heartbeat.NEVER, unackedFrames, ackBy, reset);
    }

    Open owing(int frames, long by) {
      return copy(heartbeat, stableAt, frames, by, reset);
    }

    Open afterSnapshot() {
      return copy(heartbeat, stableAt, unackedFrames, ackBy, null);
    }

    Open drained(long floorMs) {
      return new Open(
          connection,
          profile,
          heartbeat,
          stableAt,
          unackedFrames,
          ackBy,
          capabilities,
          reset,
          true,
          Math.max(retryAfterMs, floorMs));
    }

    private Open copy(
        Heartbeat beat, long stable, int frames, long by, @Nullable Resumption pending) {
      return new Open(
          connection,
          profile,
          beat,
          stable,
          frames,
          by,
          capabilities,
          pending,
          draining,
          retryAfterMs);
    }

    /** Whether the next frame must be the snapshot of a reset. */
    public boolean snapshotDue() {
      return reset != null;
    }

    /** Whether things said may be written now. */
    boolean accepting() {
      return !draining && !snapshotDue();
    }

    boolean resumes() {
      return profile == Profile.RESUME;
    }

    boolean has(String capability) {
      return capabilities.contains(capability);
    }
  }

  /** Between two attempts. */
  record Waiting(long dueAt) implements Phase {}

  /**
   * {@code /api/transport} was asked before the next attempt.
   *
   * @param stopAfter whether, unless HTTP is offered, there will be none
   */
  record Asking(long deadline, long floorMs, boolean stopAfter) implements Phase {}

  /**
   * On HTTP because the server said so.
   *
   * @param posting the id under way, or null
   * @param attempt failed attempts of the oldest message
   * @param nextAt when to go on after a failed one
   * @param recheckAt when to ask for WebSocket again
   * @param regained whether WebSocket is back, to be taken once the POST under way is answered
   */
  record OnHttp(
      @Nullable String posting, int attempt, long nextAt, long recheckAt, boolean regained)
      implements Phase {

    OnHttp posting(String id) {
      return new OnHttp(id, attempt, Heartbeat.NEVER, recheckAt, regained);
    }

    /** No POST is under way; {@code failed} attempts were made, the next comes at {@code at}. */
    OnHttp idle(int failed, long at) {
      return new OnHttp(null, failed, at, recheckAt, regained);
    }

    OnHttp recheckedAt(long at) {
      return new OnHttp(posting, attempt, nextAt, at, regained);
    }

    OnHttp regained(boolean websocket) {
      return new OnHttp(posting, attempt, nextAt, recheckAt, websocket);
    }
  }
}
