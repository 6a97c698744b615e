package dev.holdfast.proxy.wire;

import java.util.Locale;
import java.util.Optional;

/** The two directions of a connection, each a pipeline of its own. */
public enum Direction {
  /** From client to server. */
  UPSTREAM,
  /** From server to client. */
  DOWNSTREAM;

  /** The word that the API uses for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Direction> named(String word) {
    for (Direction direction : values()) {
      if (direction.word().equalsIgnoreCase(word)) {
        return Optional.of(direction);
      }
    }
    return Optional.empty();
  }
}
