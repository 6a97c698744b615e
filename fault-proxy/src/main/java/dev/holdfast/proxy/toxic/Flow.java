package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Framing;
import java.util.function.Supplier;

/**
 * What a pipe may do to its direction of its connection. All calls are made on that connection's
 * own event loop, so a pipe needs no lock.
 *
 * <p>A pipe is served one chunk at a time: after {@link #hold} nothing more is delivered until the
 * time is over and whatever follows has room. That is where back-pressure comes from.
 */
public interface Flow {
  /** A wait that only an interrupt ends. */
  long FOREVER = Long.MAX_VALUE;

  /** Hands a chunk, and the reference to its buffer, to what follows. */
  void pass(Chunk chunk);

  /** Ends the stream behind all that was passed. The pipe is given nothing more. */
  void end();

  /**
   * Keeps a chunk (or what is left of it) for a while, then runs the action, which owns it again.
   * An update or a removal of the toxic passes it on at once instead.
   */
  void hold(Chunk chunk, long nanos, Runnable then);

  /** Waits with nothing in hand, then runs the action. */
  void pause(long nanos, Runnable then);

  /**
   * Ends the stream after a while. A removal ends it at once, an update asks the new pipe again.
   */
  void holdEnd(long nanos);

  /** Sets the one alarm of this pipe, in place of the one set before. It holds nothing up. */
  void alarm(long nanos, Runnable action);

  /** Throws a chunk away. */
  default void discard(Chunk chunk) {
    chunk.release();
  }

  /** Writes something down that was decided and is no bite. */
  void note(String decision, long value);

  /** Counts that the fault affected traffic, and writes the decision down. */
  void bite(String decision, long value);

  long nowNanos();

  /** Which connection of its link this is. */
  long connection();

  Chance chance();

  /** What this toxic remembers of this direction, also across updates. */
  <T> T memory(Class<T> type, Supplier<T> initial);

  /** Whether the connection opened under this toxic, rather than the toxic joining a live one. */
  boolean opening();

  /** Whether this connection's sockets close with RST, whatever closes them. */
  void resetOnClose(boolean reset);

  /** Resets both sockets of the connection at once. */
  void abort();

  /** Closes both sockets, this direction's destination when all that was passed is written. */
  void cut();

  /** Answers the source in place of the destination, and closes both. */
  void answer(String text);

  /** Whether the stream has ended here. */
  boolean ended();

  /** Where the stream stands in its frames as this toxic joins it. */
  Framing framing();
}
