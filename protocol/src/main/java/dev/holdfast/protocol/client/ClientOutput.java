package dev.holdfast.protocol.client;

import dev.holdfast.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/** What the shell must carry out, and what the application is told. */
public sealed interface ClientOutput {

  /** Dial; everything about this connection is reported under its number. */
  record Open(int connection, boolean offerResume, @Nullable String sessionId)
      implements ClientOutput {}

  record Send(int connection, Frame frame) implements ClientOutput {}

  /** Close or abandon; the state has already left this connection. */
  record Close(int connection, int code, String reason) implements ClientOutput {}

  /** Ask {@code GET /api/transport}. */
  record AskTransport() implements ClientOutput {}

  /** {@code POST /api/chat} with this id. */
  record Post(String id, String content, @Nullable String token) implements ClientOutput {
    /** Tokens stay out of logs. */
    @Override
    public String toString() {
      return "Post[" + id + "]";
    }
  }

  /** Hand in {@link ClientInput.Woken} at this monotonic time; replaces any earlier wish. */
  record WakeAt(long nanos) implements ClientOutput {}

  /** The connection's state changed; attempt and delay are 0 where they say nothing. */
  record StateChanged(LinkState state, int attempt, long delayMs, String reason)
      implements ClientOutput {}

  /** A frame for the application; each exactly once. */
  record Deliver(Frame frame) implements ClientOutput {}

  /** A message was not taken: {@code queue_full} or {@code too_large}. */
  record Refuse(String id, String code) implements ClientOutput {}

  /** A message's fate is known, as far as it can be. */
  record Settled(String id, Outcome outcome, @Nullable String code) implements ClientOutput {}

  /** A ping came back after so long. */
  record Latency(long nanos) implements ClientOutput {}

  /** What became of a message. */
  enum Outcome {
    ANSWERED,
    FAILED,
    /** It may or may not have been worked on. */
    INDETERMINATE
  }
}
