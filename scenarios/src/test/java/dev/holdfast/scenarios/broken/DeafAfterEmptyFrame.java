package dev.holdfast.scenarios.broken;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads nothing more of a peer that sent an empty text. */
final class DeafAfterEmptyFrame implements Meddling {
  private final Set<Line> deaf = ConcurrentHashMap.newKeySet();

  @Override
  public List<WireFrame> toServer(Line line, WireFrame frame) {
    if (frame.is(WireFrame.TEXT) && frame.text().isEmpty()) {
      deaf.add(line);
    }
    return deaf.contains(line) ? List.of() : List.of(frame);
  }

  @Override
  public void ended(Line line) {
    deaf.remove(line);
  }
}
