package dev.holdfast.scenarios.world;

/** Something that is wrong with the network for as long as a fault lasts. */
sealed interface Wrong {
  /** Connections are refused. */
  record Down() implements Wrong {}

  /** Handshakes are swallowed; whoever still waits when it is over sees a reset. */
  record Swallowing(long untilNanos) implements Wrong {}

  /** Handshakes are answered only when it is over. */
  record Holding(long untilNanos) implements Wrong {}

  /** Handshakes succeed, and nothing follows. */
  record Ungreeted() implements Wrong {}

  /** Handshakes are answered with a status before a server hears of them. */
  record Refusing(int status, long retryAfterMs) implements Wrong {}

  /** Servers refuse sockets, since they are off. */
  record SocketsOff() implements Wrong {}

  /** HTTP does not get through. */
  record HttpDown() implements Wrong {}

  /** Everything takes longer. */
  record Slow(long ms, long jitterMs) implements Wrong {}

  /** A narrow link. */
  record Narrow(long bytesPerSecond) implements Wrong {}
}
