package dev.holdfast.server;

/**
 * What the server's own shell holds on to and no more; the limits of the protocol are in its
 * configuration.
 *
 * @param maxConnections WebSockets at a time; beyond, 503 over_capacity
 * @param maxSessions sessions in memory; beyond, 503 over_capacity
 * @param handshakesPerSecond handshakes in one second; beyond, 429 rate_limited
 * @param maxBodyBytes of a POST or PUT; beyond, 413
 * @param outboundBytes that a peer may leave unread; beyond, close 4002
 * @param closeDeadlineMs for a close handshake; beyond, the socket is closed
 * @param requestDeadlineMs for a request to arrive whole; beyond, the socket is closed
 */
public record Limits(
    int maxConnections,
    int maxSessions,
    int handshakesPerSecond,
    int maxBodyBytes,
    long outboundBytes,
    long closeDeadlineMs,
    long requestDeadlineMs) {

  public static final Limits STANDARD =
      new Limits(16_000, 100_000, 10_000, 1 << 20, 4 << 20, 2_000, 30_000);

  public Limits {
    if (maxConnections < 1
        || maxSessions < 1
        || handshakesPerSecond < 1
        || maxBodyBytes < 1
        || outboundBytes < 1
        || closeDeadlineMs < 1
        || requestDeadlineMs < 1) {
      throw new IllegalArgumentException("every limit of a server is at least 1");
    }
  }

  public Limits withConnections(int connections, int sessions) {
    return new Limits(
        connections,
        sessions,
        handshakesPerSecond,
        maxBodyBytes,
        outboundBytes,
        closeDeadlineMs,
        requestDeadlineMs);
  }

  public Limits withHandshakesPerSecond(int handshakes) {
    return new Limits(
        maxConnections,
        maxSessions,
        handshakes,
        maxBodyBytes,
        outboundBytes,
        closeDeadlineMs,
        requestDeadlineMs);
  }

  public Limits withOutboundBytes(long bytes) {
    return new Limits(
        maxConnections,
        maxSessions,
        handshakesPerSecond,
        maxBodyBytes,
        bytes,
        closeDeadlineMs,
        requestDeadlineMs);
  }

  public Limits withDeadlines(long closeMs, long requestMs) {
    return new Limits(
        maxConnections,
        maxSessions,
        handshakesPerSecond,
        maxBodyBytes,
        outboundBytes,
        closeMs,
        requestMs);
  }
}
