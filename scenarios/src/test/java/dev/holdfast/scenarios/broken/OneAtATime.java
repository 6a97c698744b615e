package dev.holdfast.scenarios.broken;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads nothing while it works on a message; what came meanwhile is read after the answer. */
final class OneAtATime implements Meddling {
  private static final String MESSAGE = "{\"type\":\"message\"";

  private final Map<Line, List<WireFrame>> waiting = new HashMap<>();

  @Override
  public synchronized List<WireFrame> toServer(Line line, WireFrame frame) {
    List<WireFrame> held = waiting.get(line);
    if (held != null) {
      held.add(frame);
      return List.of();
    }
    if (frame.is(WireFrame.TEXT) && frame.text().contains("\"type\":\"message\"")) {
      waiting.put(line, new ArrayList<>());
    }
    return List.of(frame);
  }

  @Override
  public synchronized List<WireFrame> toPeer(Line line, WireFrame frame) {
    if (frame.is(WireFrame.TEXT) && frame.text().startsWith(MESSAGE)) {
      List<WireFrame> held = waiting.remove(line);
      if (held != null) {
        held.forEach(line::tellServer);
      }
    }
    return List.of(frame);
  }
}
