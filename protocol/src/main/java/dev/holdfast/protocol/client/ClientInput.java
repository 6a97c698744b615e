package dev.holdfast.protocol.client;

import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.SnapshotRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a client. */
public sealed interface ClientInput {

  /** The person wants to be connected. */
  record Connect() implements ClientInput {}

  /** The person says something; {@code id} is fresh and random. */
  record Say(String id, String content) implements ClientInput {}

  /** The person wants a run stopped. */
  record Cancel(String id, String runId) implements ClientInput {}

  /** The person leaves. */
  record Disconnect() implements ClientInput {}

  /** The person presses Retry; {@code freshClientId} replaces one that was superseded. */
  record Retry(String freshClientId) implements ClientInput {}

  /** A connection's handshake succeeded. */
  record Opened(int connection, boolean subprotocolAccepted) implements ClientInput {}

  /** A connection's handshake was refused with an HTTP status, or failed in another way. */
  record Refused(int connection, int status, long retryAfterMs) implements ClientInput {
    /** Somebody was there, but no valid answer came: perhaps the subprotocol was not echoed. */
    public static final int NO_ANSWER = 0;

    /** Nobody was there. */
    public static final int UNREACHED = -1;
  }

  record Received(int connection, Decoded decoded) implements ClientInput {}

  /**
   * A connection ended; 1006 when no close frame came.
   *
   * @param unwritten ids of what it did not take any more, so that it surely did not arrive
   */
  record Closed(int connection, int code, String reason, List<String> unwritten)
      implements ClientInput {
    public Closed {
      unwritten = List.copyOf(unwritten);
    }

    public Closed(int connection, int code, String reason) {
      this(connection, code, reason, List.of());
    }
  }

  /** What {@code /api/transport} said; null when it did not answer. */
  record TransportSaid(@Nullable Boolean websocket) implements ClientInput {}

  /** A POST was answered. */
  record Posted(String id, PostResult result) implements ClientInput {}

  /** The moment of the newest {@link ClientOutput.WakeAt} has come. */
  record Woken() implements ClientInput {}

  /** What became of a POST. */
  sealed interface PostResult {
    /** The run ended, with an answer or an error. */
    record Ended(SnapshotRun run) implements PostResult {}

    /** The server will not have it. */
    record Rejected(int status, String code) implements PostResult {}

    /** Worth another try: no answer, 429 or 503. */
    record Failed(long retryAfterMs) implements PostResult {}
  }
}
