package dev.holdfast.scenarios.odd.client;

import dev.holdfast.scenarios.broken.Meddling;
import dev.holdfast.scenarios.broken.WireFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Pongs leave later than what was sent after them. */
final class LatePongs implements Meddling {
  private static final long LATE_MS = 1_500;

  @Override
  public List<WireFrame> toServer(Line line, WireFrame frame) {
    if (!frame.is(WireFrame.TEXT) || !frame.text().contains("\"type\":\"pong\"")) {
      return List.of(frame);
    }
    CompletableFuture.delayedExecutor(LATE_MS, TimeUnit.MILLISECONDS)
        .execute(() -> line.tellServer(frame));
    return List.of();
  }
}
