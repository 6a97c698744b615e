package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.toxic.Chance;

/** What a stage needs of the connection that it is part of. */
interface Host {
  Timers timers();

  /** The stream of chance that belongs to this toxic in this direction of this connection. */
  Chance chance(String toxic);

  /** Which connection of its link this is. */
  long connection();

  void decided(String toxic, String what, long value);

  void resetOnClose(boolean reset);

  void abort();

  /** Closes both sockets, the destination when all is written. */
  void cut();

  /** Writes to the source in place of the destination, and closes both. */
  void answer(String text);
}
