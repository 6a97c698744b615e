package dev.holdfast.scenarios.broken;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps an answer back while another message waits, and sends the later answer first. */
final class AnswersSwapped implements Meddling {
  private static final String MESSAGE = "\"type\":\"message\"";

  private final Map<Line, Integer> waiting = new HashMap<>();
  private final Map<Line, WireFrame> kept = new HashMap<>();

  @Override
  public synchronized List<WireFrame> toServer(Line line, WireFrame frame) {
    if (frame.is(WireFrame.TEXT) && frame.text().contains(MESSAGE)) {
      waiting.merge(line, 1, Integer::sum);
    }
    return List.of(frame);
  }

  @Override
  public synchronized List<WireFrame> toPeer(Line line, WireFrame frame) {
    WireFrame nameless = StrangerTable.nameless(frame);
    if (!frame.is(WireFrame.TEXT) || !frame.text().contains(MESSAGE)) {
      return List.of(nameless);
    }
    int left = waiting.merge(line, -1, Integer::sum);
    WireFrame earlier = kept.remove(line);
    if (earlier != null) {
      return List.of(nameless, earlier);
    }
    if (left > 0) {
      kept.put(line, nameless);
      return List.of();
    }
    return List.of(nameless);
  }
}
