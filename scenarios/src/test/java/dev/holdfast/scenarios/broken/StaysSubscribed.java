package dev.holdfast.scenarios.broken;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Once a connection ended without a close frame, later connections get each answer twice. */
final class StaysSubscribed implements Meddling {
  private final Set<Line> closed = ConcurrentHashMap.newKeySet();
  private volatile boolean subscribed;

  @Override
  public List<WireFrame> toServer(Line line, WireFrame frame) {
    if (frame.is(WireFrame.CLOSE)) {
      closed.add(line);
    }
    return List.of(frame);
  }

  @Override
  public void ended(Line line) {
    subscribed |= !closed.remove(line);
  }

  @Override
  public List<WireFrame> toPeer(Line line, WireFrame frame) {
    boolean answer =
        frame.is(WireFrame.TEXT) && frame.text().startsWith("{\"type\":\"message\"");
    return subscribed && answer ? List.of(frame, frame) : List.of(frame);
  }
}
