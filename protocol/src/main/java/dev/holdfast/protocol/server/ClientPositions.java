package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Tick;

/**
 * Where one client_id stands.
 *
 * @param attempt its last hello's attempt
 * @param processed its highest contiguous position processed by the server
 * @param acked the highest server position that it has processed
 * @param gapAt the position at which it already left a gap once, or 0
 * @param seenAt when it last said hello or left: who has been away longest is forgotten first
 * @param sync whether it shares the session with others, so that frames are kept for it while it is
 *     away
 */
public record ClientPositions(
    long attempt, long processed, long acked, long gapAt, long seenAt, boolean sync) {

  static final ClientPositions UNKNOWN = new ClientPositions(-1, 0, 0, 0, 0, false);

  ClientPositions saidHello(long newAttempt, long ack, boolean shares, Tick now) {
    return new ClientPositions(newAttempt, processed, ack, gapAt, now.monotonicNanos(), shares);
  }

  ClientPositions seen(Tick now) {
    return new ClientPositions(attempt, processed, acked, gapAt, now.monotonicNanos(), sync);
  }

  ClientPositions processed(long position) {
    return new ClientPositions(attempt, position, acked, 0, seenAt, sync);
  }

  ClientPositions acked(long position) {
    return position <= acked
        ? this
        : new ClientPositions(attempt, processed, position, gapAt, seenAt, sync);
  }

  ClientPositions gapAt(long position) {
    return new ClientPositions(attempt, processed, acked, position, seenAt, sync);
  }
}
