package dev.holdfast.server;

/**
 * What the server's own shell holds on to and no more; the limits of the protocol are in its
 * configuration.
 *
 * @param maxConnections WebSockets at a time; beyond, 503 over_capacity
 * @param maxSessions sessions in memory; beyond, 503 over_capacity
 * @param httpConnections TCP connections beside the WebSockets; beyond, 503 over_capacity
 * @param handshakesPerSecond handshakes in one second; beyond, 429 rate_limited
 * @param messagesPerSecond texts of one connection in one second; beyond, close 4004
 * @param maxBodyBytes of a POST or PUT; beyond, 413
 * @param outboundBytes that a peer may leave unread; beyond, close 4002
 * @param closeDeadlineMs for a close handshake; beyond, the socket is closed
 * @param requestDeadlineMs for a request to arrive whole; beyond, the socket is closed
 */
public record Limits(
    int maxConnections,
    int maxSessions,
    int httpConnections,
    int handshakesPerSecond,
    int messagesPerSecond,
    int maxBodyBytes,
    long outboundBytes,
    long closeDeadlineMs,
    long requestDeadlineMs) {

  public static final Limits STANDARD =
      new Limits(16_000, 100_000, 4_000, 10_000, 2_000, 1 << 20, 4 << 20, 2_000, 30_000);

  public Limits {
    if (maxConnections < 1
        || maxSessions < 1
        || httpConnections < 1
        || handshakesPerSecond < 1
        || messagesPerSecond < 1
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
        httpConnections,
        handshakesPerSecond,
        messagesPerSecond,
        maxBodyBytes,
        outboundBytes,
        closeDeadlineMs,
        requestDeadlineMs);
  }

  public Limits withHandshakesPerSecond(int handshakes) {
    return new Limits(
        maxConnections,
        maxSessions,
        httpConnections,
        handshakes,
        messagesPerSecond,
        maxBodyBytes,
        outboundBytes,
        closeDeadlineMs,
        requestDeadlineMs);
  }

  public Limits withOutboundBytes(long bytes) {
    return new Limits(
        maxConnections,
        maxSessions,
        httpConnections,
        handshakesPerSecond,
        messagesPerSecond,
        maxBodyBytes,
        bytes,
        closeDeadlineMs,
        requestDeadlineMs);
  }

  public Limits withDeadlines(long closeMs, long requestMs) {
    return new Limits(
        maxConnections,
        maxSessions,
        httpConnections,
        handshakesPerSecond,
        messagesPerSecond,
        maxBodyBytes,
        outboundBytes,
        closeMs,
        requestMs);
  }

  public Limits withMessagesPerSecond(int messages) {
    return new Limits(
        maxConnections,
        maxSessions,
        httpConnections,
        handshakesPerSecond,
        messages,
        maxBodyBytes,
        outboundBytes,
        closeDeadlineMs,
        requestDeadlineMs);
  }

  public Limits withHttpConnections(int connections) {
    return new Limits(
        maxConnections,
        maxSessions,
        connections,
        handshakesPerSecond,
        messagesPerSecond,
        maxBodyBytes,
        outboundBytes,
        closeDeadlineMs,
        requestDeadlineMs);
  }

  public Limits withBody(int bytes) {
    return new Limits(
        maxConnections,
        maxSessions,
        httpConnections,
        handshakesPerSecond,
        messagesPerSecond,
        bytes,
        outboundBytes,
        closeDeadlineMs,
        requestDeadlineMs);
  }
}
