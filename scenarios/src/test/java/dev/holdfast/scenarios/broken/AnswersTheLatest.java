package dev.holdfast.scenarios.broken;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Sends each frame of type message to the connection that sent the latest message. */
final class AnswersTheLatest implements Meddling {
  private final AtomicReference<Line> latest = new AtomicReference<>();

  @Override
  public List<WireFrame> toServer(Line line, WireFrame frame) {
    if (frame.is(WireFrame.TEXT) && frame.text().contains("\"type\":\"message\"")) {
      latest.set(line);
    }
    return List.of(frame);
  }

  @Override
  public List<WireFrame> toPeer(Line line, WireFrame frame) {
    Line to = latest.get();
    boolean answer = frame.is(WireFrame.TEXT) && frame.text().startsWith("{\"type\":\"message\"");
    if (!answer || to == null || to.equals(line)) {
      return List.of(frame);
    }
    to.tellPeer(frame);
    return List.of();
  }
}
