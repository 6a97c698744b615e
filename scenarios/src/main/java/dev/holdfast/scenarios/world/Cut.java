package dev.holdfast.scenarios.world;

import java.util.Locale;

/**
 * A connection cut at one frame of a story.
 *
 * @param frame which, counted over all connections and both directions, from 1
 * @param arrived whether the frame still arrives, or is lost with the connection
 */
public record Cut(long frame, boolean arrived, Noticed noticed) {

  /** Who is told that the connection is gone; the others have their heartbeats. */
  public enum Noticed {
    BOTH,
    CLIENT,
    SERVER,
    NOBODY;

    void cut(VirtualLink link) {
      switch (this) {
        case BOTH -> link.cut();
        case CLIENT -> link.cutClient();
        case SERVER -> link.cutServer();
        case NOBODY -> link.silence(null, true, true);
      }
    }
  }

  @Override
  public String toString() {
    return "frame "
        + frame
        + (arrived ? " arrives" : " is lost")
        + ", "
        + noticed.name().toLowerCase(Locale.ROOT)
        + " told";
  }
}
