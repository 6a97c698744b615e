package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Profile;
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
   * @param snapshotDue whether the next frame must be the snapshot of a reset
   * @param draining whether the server said that it will close
   */
  record Open(
      int connection,
      Profile profile,
      Heartbeat heartbeat,
      long stableAt,
      int unackedFrames,
      long ackBy,
      boolean snapshotDue,
      boolean draining)
      implements Phase {

    Open with(Heartbeat other) {
      return new Open(
          connection, profile, other, stableAt, unackedFrames, ackBy, snapshotDue, draining);
    }

    Open stable() {
      return new Open(
          connection,
          profile,
          heartbeat,
          Heartbeat.NEVER,
          unackedFrames,
          ackBy,
          snapshotDue,
          draining);
    }

    Open owing(int frames, long by) {
      return new Open(connection, profile, heartbeat, stableAt, frames, by, snapshotDue, draining);
    }

    Open afterSnapshot() {
      return new Open(
          connection, profile, heartbeat, stableAt, unackedFrames, ackBy, false, draining);
    }

    Open drained() {
      return new Open(
          connection, profile, heartbeat, stableAt, unackedFrames, ackBy, snapshotDue, true);
    }

    /** Whether things said may be written now. */
    boolean accepting() {
      return !draining && !snapshotDue;
    }

    boolean resumes() {
      return profile == Profile.RESUME;
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
   */
  record OnHttp(@Nullable String posting, int attempt, long nextAt, long recheckAt)
      implements Phase {}
}
