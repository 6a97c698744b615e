package dev.holdfast.scenarios.broken;

import java.util.List;

/** Keeps requests for /health waiting while a message has no answer yet. */
final class HealthWaitsForAgents implements Meddling {
  private int busy;

  @Override
  public synchronized String request(String head) throws InterruptedException {
    while (busy > 0 && head.startsWith("GET /health")) {
      wait();
    }
    return head;
  }

  @Override
  public synchronized List<WireFrame> toServer(Line line, WireFrame frame) {
    if (isMessage(frame)) {
      busy++;
    }
    return List.of(frame);
  }

  @Override
  public synchronized List<WireFrame> toPeer(Line line, WireFrame frame) {
    if (isMessage(frame)) {
      busy--;
      notifyAll();
    }
    return List.of(frame);
  }

  private static boolean isMessage(WireFrame frame) {
    return frame.is(WireFrame.TEXT) && frame.text().contains("\"type\":\"message\"");
  }
}
