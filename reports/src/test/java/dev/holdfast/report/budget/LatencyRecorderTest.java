package dev.holdfast.report.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.result.Percentiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {

  @Test
  void percentilesAreWithinAThousandth() {
    LatencyRecorder recorder = new LatencyRecorder("answer");
    for (int ms = 1; ms <= 1_000; ms++) {
      recorder.record(Duration.ofMillis(ms));
    }

    Percentiles p = recorder.percentiles();

    assertEquals("answer", p.kind());
    assertEquals(1_000, p.samples());
    assertNear(500_000, p.p50Us());
    assertNear(900_000, p.p90Us());
    assertNear(950_000, p.p95Us());
    assertNear(990_000, p.p99Us());
    assertNear(999_000, p.p999Us());
    assertNear(1_000_000, p.maxUs());
  }

  @Test
  void microsecondsAreExactBelowAMillisecond() {
    LatencyRecorder recorder = new LatencyRecorder("answer");
    recorder.recordNanos(123_999);

    assertEquals(123, recorder.percentiles().p50Us());
  }

  @Test
  void nothingRecordedIsAllZero() {
    assertEquals(
        new Percentiles("connect", 0, 0, 0, 0, 0, 0, 0),
        new LatencyRecorder("connect").percentiles());
  }

  @Test
  void whatIsOutOfRangeIsRecordedAtItsEdge() {
    LatencyRecorder recorder = new LatencyRecorder("answer");
    recorder.recordNanos(-5);
    recorder.record(Duration.ofHours(3));

    assertEquals(2, recorder.percentiles().samples());
    assertNear(600_000_000, recorder.percentiles().maxUs());
  }

  @Test
  void manyThreadsLoseNothing() throws Exception {
    LatencyRecorder recorder = new LatencyRecorder("answer");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int n = 0; n < 1_000; n++) {
                  recorder.recordNanos(1_000_000);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(8_000, recorder.percentiles().samples());
  }

  @Test
  void addsAnother() {
    LatencyRecorder all = new LatencyRecorder("answer");
    LatencyRecorder second = new LatencyRecorder("answer");
    second.recordNanos(7_000);
    all.add(second);
    all.add(second);

    assertEquals(2, all.percentiles().samples());
  }

  private static void assertNear(long expected, long actual) {
    long off = Math.abs(expected - actual);
    assertTrue(off <= expected / 1_000, () -> actual + " is not near " + expected);
  }
}
