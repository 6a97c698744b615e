package dev.holdfast.proxy.toxic;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers the handshake of a new connection itself: 401, 403, 429 or 503, the last two with
 * Retry-After if it is above 0. The server sees a connection on which nothing is said.
 */
record HandshakeStatus(long status, long retryAfterS) implements Toxic {
  static final Kind KIND =
      Kind.typed("handshake_status", HandshakeStatus::from, "status", 503L, "retry_after_s", 0L);

  /** What the protocol says of each, in its JSON. */
  private static final Map<Long, String> REASONS =
      Map.of(
          401L, "Unauthorized",
          403L, "Forbidden",
          429L, "Too Many Requests",
          503L, "Service Unavailable");

  private static final Map<Long, String> CODES =
      Map.of(401L, "unauthenticated", 403L, "forbidden", 429L, "rate_limited", 503L, "draining");

  private static HandshakeStatus from(Attributes a) {
    long status = a.whole("status");
    if (!REASONS.containsKey(status)) {
      throw new IllegalArgumentException(
          "handshake_status.status must be 401, 403, 429 or 503, not " + status);
    }
    return new HandshakeStatus(status, a.whole("retry_after_s"));
  }

  /** Only what a client asks is answered. */
  @Override
  public Pipe open(Flow flow) {
    return new FramePipe(flow) {
      @Override
      protected @Nullable String head(String head) {
        if (!head.startsWith("GET ")) {
          return head;
        }
        flow.bite("handshake_answered", status);
        flow.answer(response());
        return null;
      }
    };
  }

  private String response() {
    String body =
        String.format(
            Locale.ROOT,
            "{\"error\":\"%s\",\"code\":\"%s\"}",
            REASONS.get(status),
            CODES.get(status));
    String retryAfter =
        status >= 429 && retryAfterS > 0 ? "Retry-After: " + retryAfterS + "\r\n" : "";
    return String.format(
            Locale.ROOT,
            "HTTP/1.1 %d %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n",
            status,
            REASONS.get(status),
            retryAfter,
            body.length())
        + "Connection: close\r\n\r\n"
        + body;
  }
}
