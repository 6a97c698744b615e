package dev.holdfast.client;

import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a client's application would.
 *
 * <p>Calls come one at a time, in order, from the client's own thread; what throws here stops the
 * client. A client may be called back, but what it is told takes effect only after this returns.
 */
public interface ClientListener {
  ClientListener NONE = new ClientListener() {};

  /** Which way a frame went. */
  enum Direction {
    IN,
    OUT;

    public String word() {
      return this == IN ? "in" : "out";
    }
  }

  /**
   * A text on the wire.
   *
   * @param nanos monotonic: when it arrived, or was handed to the socket
   * @param frame null when the text is no frame
   */
  record Seen(Direction direction, int connection, long nanos, String text, @Nullable Frame frame) {
    /** Texts may hold tokens. */
    @Override
    public String toString() {
      return "Seen[" + direction + ", connection=" + connection + ", frame=" + frame + "]";
    }
  }

  /** Any text in or out, pings and replays too. */
  default void onFrame(Seen seen) {}

  default void onState(LinkState state, int attempt, long delayMs, String reason) {}

  /** Nobody was there to connect to. */
  default void onUnreached(int connection) {}

  /** A connection ended from outside: by the server, or by what is between. */
  default void onClosed(int connection, int code) {}

  /** A frame for the application, each exactly once. */
  default void onDeliver(Frame frame) {}

  /** A message was not taken. */
  default void onRefused(String id, String code) {}

  default void onSettled(String id, Outcome outcome, @Nullable String code) {}

  /** A ping came back after so long. */
  default void onLatency(long nanos) {}

  /** The client broke: our own fault, never the peer's. Nothing follows. */
  default void onFailure(Throwable failure) {}
}
