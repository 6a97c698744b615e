package dev.holdfast.report.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    assertEquals(500_000, p.p50Us(), 500);
    assertEquals(900_000, p.p90Us(), 900);
    assertEquals(950_000, p.p95Us(), 950);
    assertEquals(990_000, p.p99Us(), 990);
    assertEquals(999_000, p.p999Us(), 999);
    assertEquals(1_000_000, p.maxUs(), 1_000);
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
    assertEquals(600_000_000, recorder.percentiles().maxUs(), 600_000);
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
}
