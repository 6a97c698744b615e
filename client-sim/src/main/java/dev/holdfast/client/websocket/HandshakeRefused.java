package dev.holdfast.client.websocket;

import java.io.IOException;

/** A handshake that did not open a WebSocket, as the protocol's core wants to be told. */
final class HandshakeRefused extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final long retryAfterMs;

  HandshakeRefused(int status, long retryAfterMs, String why) {
    super(why);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  int status() {
    return status;
  }

  long retryAfterMs() {
    return retryAfterMs;
  }
}
