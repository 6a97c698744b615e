package dev.holdfast.server.store;

import dev.holdfast.protocol.server.SessionState;
import java.util.List;

/** Keeps nothing beyond the process: sessions live in memory alone. */
public final class MemoryStore implements SessionStore {
  private static final Drawer DRAWER =
      new Drawer() {
        @Override
        public boolean mustKeep(SessionState newer) {
          return false;
        }

        @Override
        public void keep(SessionState newer, Done done) {
          done.told(null);
        }

        @Override
        public void empty() {}
      };

  @Override
  public List<SessionState> left() {
    return List.of();
  }

  @Override
  public boolean keeps() {
    return false;
  }

  @Override
  public Drawer drawer(String sessionId) {
    return DRAWER;
  }

  @Override
  public void close() {}

  @Override
  public void abandon() {}
}
