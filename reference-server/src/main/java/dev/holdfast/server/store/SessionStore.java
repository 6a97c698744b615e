package dev.holdfast.server.store;

import dev.holdfast.protocol.server.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** Where sessions are kept: the port of all stores. */
public interface SessionStore extends AutoCloseable {

  /** The sessions that an earlier process left here, as they were when last kept. */
  List<SessionState> left();

  /** The place of one session; the first one for an id that was {@link #left} finds it there. */
  Drawer drawer(String sessionId);

  /** Whether anything is left after a crash. */
  default boolean keeps() {
    return true;
  }

  /** Tells a listener of each commit: how long it took, and how many sessions were in it. */
  default void watch(ObjIntConsumer<Duration> listener) {}

  /** What is waiting is written, then the store is given back. */
  @Override
  void close();

  /** Gives the store back as a killed process would. */
  void abandon();
}
