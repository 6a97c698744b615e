package dev.holdfast.scenarios.broken;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes all connections whenever somebody turns the flag. */
final class CutsOnRollout implements Meddling {
  private static final int RESTART = 4001;

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
  public String request(String head) {
    if (head.startsWith("PUT /admin/rollout")) {
      lines.forEach(line -> line.tellPeer(WireFrame.close(RESTART)));
    }
    return head;
  }
}
