package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.testing.PatientWaits;
import dev.holdfast.report.result.Percentiles;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PollingTest {
  private static final long TIMEOUT_MS = 300;

  private final Meter meter = new Meter();

  /** It accepts, by its queue, and says nothing. */
  @Test
  void whoIsNotAnsweredInTimeCountsWithWhatWasWaited() throws Exception {
    try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI http = URI.create("http://127.0.0.1:" + mute.getLocalPort());
      LoadPlan plan =
          LoadPlan.of(LoadProfile.SMOKE, URI.create("ws://127.0.0.1:1/ws/chat"))
              .withAnswerTimeout(TIMEOUT_MS);
      Polling polling = new Polling("p1-1", http, plan, meter, RequestLog.NONE);

      polling
          .say("hi", System.nanoTime())
          .toCompletableFuture()
          .get(PatientWaits.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);

      var times = meter.timings().endInterval().get(Percentiles.HTTP_ANSWER);
      assertEquals(1, Objects.requireNonNull(times).getTotalCount());
      assertTrue(times.getMaxValue() >= TIMEOUT_MS * 1_000, times::toString);
    }
  }
}
