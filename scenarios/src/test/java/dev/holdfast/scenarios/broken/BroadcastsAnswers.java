package dev.holdfast.scenarios.broken;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends each frame of type message to everybody who is connected. */
final class BroadcastsAnswers implements Meddling {
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();

  @Override
  public void opened(Line line) {
    lines.add(line);
  }

  @Override
  public void ended(Line line) {
    lines.remove(line);
  }

  @Override
  public List<WireFrame> toPeer(Line line, WireFrame frame) {
    if (frame.is(WireFrame.TEXT) && frame.text().startsWith("{\"type\":\"message\"")) {
      lines.stream().filter(other -> !other.equals(line)).forEach(other -> other.tellPeer(frame));
    }
    return List.of(frame);
  }
}
