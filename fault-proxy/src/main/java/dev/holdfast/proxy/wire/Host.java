package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.toxic.Chance;

/** What a stage needs of the connection that it is part of. */
interface Host {
  Timers timers();

  /** The stream of chance that belongs to this toxic in this direction of this connection. */
  Chance chance(String toxic);

  void decided(String toxic, String what, long value);

  void resetOnClose(boolean reset);

  void abort();
}
