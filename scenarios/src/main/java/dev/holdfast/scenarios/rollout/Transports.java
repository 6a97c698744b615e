package dev.holdfast.scenarios.rollout;

import java.io.IOException;

/** Something that says which way a user takes: a server's answer, a flag service, a command. */
@FunctionalInterface
public interface Transports {

  /**
   * Whether this user is let in to the WebSocket.
   *
   * @param sessionId of the conversation that it is asked for; it must not matter
   */
  boolean websocket(String userId, String sessionId) throws IOException, InterruptedException;
}
