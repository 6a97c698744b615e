package dev.holdfast.scenarios.broken;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** After anything odd the loop that reads messages is dead; another one answers pings. */
final class DeafButPongs implements Meddling {
  private final Set<Line> deaf = ConcurrentHashMap.newKeySet();

  @Override
  public List<WireFrame> toServer(Line line, WireFrame frame) {
    if (DeafAfterOddities.isOdd(frame)) {
      deaf.add(line);
      return List.of(frame);
    }
    boolean message = frame.is(WireFrame.TEXT) && frame.text().contains("\"type\":\"message\"");
    return message && deaf.contains(line) ? List.of() : List.of(frame);
  }
}
