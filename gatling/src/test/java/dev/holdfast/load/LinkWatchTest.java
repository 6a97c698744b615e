package dev.holdfast.load;

import static dev.holdfast.protocol.client.LinkState.CONNECTED;
import static dev.holdfast.protocol.client.LinkState.CONNECTING;
import static dev.holdfast.protocol.client.LinkState.DISCONNECTED;
import static dev.holdfast.protocol.client.LinkState.RECONNECTING;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.report.result.Percentiles;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkWatchTest {
  private final Meter meter = new Meter();
  private final List<String> log = new ArrayList<>();
  private final LinkWatch watch = new LinkWatch(meter, new Noted(log));

  private void at(long ms, LinkState state, int attempt, long delayMs) {
    watch.saw(state, attempt, delayMs, "why", ms * 1_000_000, false);
  }

  private Counts result() {
    return meter.counts();
  }

  private static double maxMs(@Nullable Histogram times) {
    return requireNonNull(times).getMaxValue() / 1_000.0;
  }

  @Test
  void aConnectionCountsFromItsGreetingToItsEnd() {
    at(0, CONNECTING, 0, 0);
    assertEquals(0, meter.connections());
    at(10, CONNECTED, 0, 0);
    assertEquals(1, meter.connections());
    at(20, DISCONNECTED, 0, 0);
    assertEquals(0, meter.connections());
    assertEquals(1, result().attempts());
    assertEquals(0, result().failedAttempts());
    assertEquals(List.of("ok connect 10 ms"), log);
  }

  @Test
  void aReconnectIsTimedFromWhenItWasDue() {
    at(0, CONNECTING, 0, 0);
    at(10, CONNECTED, 0, 0);
    at(100, RECONNECTING, 1, 1_000);
    at(1_130, CONNECTED, 0, 0);

    assertEquals(1, meter.connections());
    assertEquals(1, result().reconnects());
    assertEquals(2, result().attempts());
    assertEquals(1, result().losses());
    var times = meter.timings().endInterval();
    assertEquals(30.0, maxMs(times.get(Percentiles.CONNECT)), 0.1);
    assertEquals(1_030.0, maxMs(times.get(Percentiles.BACK)), 1);
  }

  @Test
  void eachAttemptThatFailsIsCountedOnce() {
    at(0, CONNECTING, 0, 0);
    at(5, RECONNECTING, 1, 100);
    at(110, RECONNECTING, 0, 0);
    at(115, RECONNECTING, 2, 200);
    at(320, DISCONNECTED, 0, 0);

    assertEquals(3, result().attempts());
    assertEquals(3, result().failedAttempts());
    assertEquals("why", result().lastFailure());
  }

  @Test
  void anAttemptThatWeBreakOffCountsAsNone() {
    at(0, CONNECTING, 0, 0);
    watch.saw(DISCONNECTED, 0, 0, "asked to disconnect", 1_000_000, true);

    assertEquals(0, result().attempts());
  }

  /** Keeps what it is told, in words. */
  private record Noted(List<String> lines) implements RequestLog {
    @Override
    public void ok(String request, long nanos) {
      lines.add("ok " + request + " " + nanos / 1_000_000 + " ms");
    }

    @Override
    public void failed(String request, long nanos, String why) {
      lines.add("failed " + request + ": " + why);
    }
  }
}
