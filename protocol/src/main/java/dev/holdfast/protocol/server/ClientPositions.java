package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Tick;

/**
 * Where one client_id stands.
 *
 * @param attempt its last hello's attempt
 * @param processed its highest contiguous position processed by the server
 * @param acked the highest server position that it has processed
 * @param gapAt the position at which it already left a gap once, or 0
 * @param helloAt when it last said hello: who has been away longest is forgotten first
 */
public record ClientPositions(long attempt, long processed, long acked, long gapAt, long helloAt) {

  static final ClientPositions UNKNOWN = new ClientPositions(-1, 0, 0, 0, 0);

  ClientPositions saidHello(long newAttempt, long ack, Tick now) {
    return new ClientPositions(newAttempt, processed, ack, gapAt, now.monotonicNanos());
  }

  ClientPositions processed(long position) {
    return new ClientPositions(attempt, position, acked, 0, helloAt);
  }

  ClientPositions acked(long position) {
    return position <= acked
        ? this
        : new ClientPositions(attempt, processed, position, gapAt, helloAt);
  }

  ClientPositions gapAt(long position) {
    return new ClientPositions(attempt, processed, acked, position, helloAt);
  }
}
