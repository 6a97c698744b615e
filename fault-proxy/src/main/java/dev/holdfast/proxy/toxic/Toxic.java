package dev.holdfast.proxy.toxic;

/** A fault with its settings, free of any connection. */
public interface Toxic {
  /** Starts this toxic on one direction of one connection. */
  Pipe open(Flow flow);

  /** What it does in a direction for which it was not asked, or which its toxicity spared. */
  default Pipe aside(Flow flow) {
    return new Pipe(flow);
  }

  /** Whether it has something to do in both directions, whichever it was asked for. */
  default boolean bothWays() {
    return false;
  }

  /** How long a new connection waits before it is put through to the server. */
  default long acceptDelayNanos() {
    return 0;
  }

  /** How many chunks may wait in front of it before the sender is held up. */
  default int buffer() {
    return 1;
  }
}
