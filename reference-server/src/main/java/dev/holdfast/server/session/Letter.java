package dev.holdfast.server.session;

import dev.holdfast.protocol.server.ServerInput;
import org.jspecify.annotations.Nullable;

/**
 * An input on its way to its session, with whom it came from.
 *
 * @param link the connection that it opens or arrived on
 * @param responder who waits for the answer
 * @param whenDone run once all that came of it is kept and carried out
 * @param arrivedNanos when a peer's arrived, in monotonic time; {@link #OURS} for all others
 */
public record Letter(
    ServerInput input,
    @Nullable Link link,
    @Nullable Responder responder,
    @Nullable Runnable whenDone,
    long arrivedNanos) {

  /** The server's own letters were not waited for. */
  static final long OURS = 0;

  public static Letter of(ServerInput input) {
    return new Letter(input, null, null, null, OURS);
  }

  public static Letter opened(ServerInput.Opened opened, Link link) {
    return new Letter(opened, link, null, null, OURS);
  }

  public static Letter received(ServerInput.Received received, Link link) {
    return new Letter(received, link, null, null, System.nanoTime());
  }

  public static Letter posted(ServerInput.Posted posted, Responder responder) {
    return new Letter(posted, null, responder, null, System.nanoTime());
  }

  public static Letter pushed(ServerInput.Pushed pushed, Responder responder) {
    return new Letter(pushed, null, responder, null, System.nanoTime());
  }

  static Letter said(ServerInput.AgentSaid said, @Nullable Runnable whenDone) {
    return new Letter(said, null, null, whenDone, OURS);
  }
}
