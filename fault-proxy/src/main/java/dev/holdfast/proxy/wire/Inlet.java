package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.toxic.Chunk;

/** Where chunks go in: a stage, or the socket behind the last one. */
interface Inlet {
  /** Whether whoever sends should wait until it is told that there is room. */
  boolean full();

  /** Takes a chunk over; even a full inlet keeps what it is given. */
  void accept(Chunk chunk);

  /** The stream ends behind all that was accepted. */
  void acceptEnd();
}
