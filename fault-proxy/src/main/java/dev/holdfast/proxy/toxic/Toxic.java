package dev.holdfast.proxy.toxic;

/** A fault with its settings, free of any connection. */
public interface Toxic {
  /** Starts this toxic on one direction of one connection. */
  Pipe open(Flow flow);

  /** How many chunks may wait in front of it before the sender is held up. */
  default int buffer() {
    return 1;
  }
}
