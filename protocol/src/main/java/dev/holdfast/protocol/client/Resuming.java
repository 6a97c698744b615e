package dev.holdfast.protocol.client;

import dev.holdfast.protocol.frame.Resumption;
import org.jspecify.annotations.Nullable;

/**
 * What profile resume keeps across connections.
 *
 * @param attempt the last hello's
 * @param lastSeq the last position given to something said
 * @param received the highest server position handed to the application
 * @param gapAt the position at which a gap was met once, or 0
 * @param maxFrameBytes the server's limit, or 0 while unknown
 */
public record Resuming(
    String clientId,
    long attempt,
    @Nullable String token,
    @Nullable String epoch,
    long lastSeq,
    long received,
    long gapAt,
    long maxFrameBytes) {

  static Resuming fresh(String clientId) {
    return new Resuming(clientId, 0, null, null, 0, 0, 0, 0);
  }

  Resuming nextHello() {
    return new Resuming(
        clientId, attempt + 1, token, epoch, lastSeq, received, gapAt, maxFrameBytes);
  }

  /** The token counts at once; of a reset, all the rest only with its snapshot. */
  Resuming admitted(Resumption r) {
    return new Resuming(
        clientId,
        attempt,
        r.resumeToken(),
        epoch,
        lastSeq,
        received,
        gapAt,
        r.limits().maxFrameBytes());
  }

  Resuming inEpoch(String newEpoch) {
    return new Resuming(
        clientId, attempt, token, newEpoch, lastSeq, received, gapAt, maxFrameBytes);
  }

  Resuming withoutToken() {
    return withToken(null);
  }

  /** With the token that another tab of the same origin keeps, or without one. */
  public Resuming withToken(@Nullable String other) {
    return new Resuming(clientId, attempt, other, epoch, lastSeq, received, gapAt, maxFrameBytes);
  }

  Resuming as(String freshClientId) {
    return new Resuming(freshClientId, 0, token, epoch, 0, received, gapAt, maxFrameBytes);
  }

  Resuming said(long position) {
    return new Resuming(clientId, attempt, token, epoch, position, received, gapAt, maxFrameBytes);
  }

  Resuming received(long position) {
    return new Resuming(clientId, attempt, token, epoch, lastSeq, position, 0, maxFrameBytes);
  }

  Resuming gapAt(long position) {
    return new Resuming(
        clientId, attempt, token, epoch, lastSeq, received, position, maxFrameBytes);
  }

  /** Tokens stay out of logs. */
  @Override
  public String toString() {
    return "Resuming[" + clientId + ", attempt=" + attempt + ", received=" + received + "]";
  }
}
