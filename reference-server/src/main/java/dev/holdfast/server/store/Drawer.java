package dev.holdfast.server.store;

import dev.holdfast.protocol.server.SessionState;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where one session is kept. Used by one thread at a time, one {@link #keep} at a time. */
public interface Drawer {

  /** Whether a state holds what may not be lost once a peer has seen its effects. */
  boolean mustKeep(SessionState newer);

  /** Keeps a state and tells when that is done, from a thread of the store's own. */
  void keep(SessionState newer, Done done);

  /** The session is over: nothing of it is worth keeping. */
  void empty();

  /** Hears whether a state is kept. */
  @FunctionalInterface
  interface Done {
    /**
     * Called once.
     *
     * @param failure null when the state is kept; else the store still holds the one before
     */
    void told(@Nullable IOException failure);
  }
}
