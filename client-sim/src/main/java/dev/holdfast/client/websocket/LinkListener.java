package dev.holdfast.client.websocket;

/**
 * What is told of one dialed connection.
 *
 * <p>Exactly one of {@link #opened} and {@link #refused} comes first; after opened come texts, then
 * closed. Nothing comes any more once our own side has left. Whoever is slow to take a text slows
 * down the peer that sends, and nobody else.
 */
public interface LinkListener {

  void opened(boolean subprotocolAccepted);

  /**
   * The handshake failed.
   *
   * @param status the HTTP status, or {@code ClientInput.Refused.NO_ANSWER} or {@code UNREACHED}
   */
  void refused(int status, long retryAfterMs);

  /** A whole text message arrived, at this monotonic time. */
  void received(String text, long nanos);

  /** The other side, or the network, ended it; 1006 when no close frame came. */
  void closed(int code, String reason);
}
