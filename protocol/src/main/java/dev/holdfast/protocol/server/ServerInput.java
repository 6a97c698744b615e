package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a session. */
public sealed interface ServerInput {

  /**
   * A connection was accepted.
   *
   * @param freshToken 128 or more random bits, used if this connection's hello opens the session
   */
  record Opened(String connection, Profile profile, @Nullable String userId, String freshToken)
      implements ServerInput {
    /** Tokens stay out of logs. */
    @Override
    public String toString() {
      return "Opened[" + connection + ", " + profile + "]";
    }
  }

  /** A text arrived. */
  record Received(String connection, Decoded decoded) implements ServerInput {}

  /** A connection ended, however. */
  record Closed(String connection, int code, String reason) implements ServerInput {}

  /** A connection's peer does not read: more waits for it than the server will hold. */
  record Overflowed(String connection) implements ServerInput {}

  /** The agent said something about a run. */
  record AgentSaid(String runId, AgentEvent event) implements ServerInput {}

  /** A message came by {@code POST /api/chat}. */
  record Posted(
      String request,
      @Nullable String token,
      @Nullable String userId,
      @Nullable String id,
      @Nullable String content,
      List<Message.Turn> history)
      implements ServerInput {
    public Posted {
      history = List.copyOf(history);
    }

    /** Tokens stay out of logs. */
    @Override
    public String toString() {
      return "Posted[" + request + ", id=" + id + "]";
    }
  }

  /** An administrator wants the agent to work on something and tell whoever is here. */
  record Pushed(String request, @Nullable String id, @Nullable String content)
      implements ServerInput {}

  /** Nothing new is accepted on sockets; after the runs in progress all connections close. */
  record Drain(long retryAfterMs, long deadlineMs, boolean stopping) implements ServerInput {}

  /** The flag is on again. */
  record Undrain() implements ServerInput {}

  /**
   * The process that served this session died and another took its state over from a store. Its
   * connections are gone, its clocks start anew, and the run that was cut ends.
   */
  record Recovered() implements ServerInput {}

  /** The moment of the newest {@link ServerOutput.WakeAt} has come. */
  record Woken() implements ServerInput {}
}
