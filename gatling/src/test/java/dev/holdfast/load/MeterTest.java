package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadSpread;
import dev.holdfast.report.result.Percentiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {
  private final Meter meter = new Meter();
  private final Totals totals = new Totals();

  private void tick(long atMs, long queued) {
    totals.add(meter.point(atMs, queued), meter.timings().endInterval());
  }

  private Percentiles latency(String kind) {
    return totals.latencies().stream().filter(p -> p.kind().equals(kind)).findFirst().orElseThrow();
  }

  @Test
  void percentilesComeOutOfEveryAnswer() {
    for (int ms = 1; ms <= 1_000; ms++) {
      meter.said();
      meter.timed(Percentiles.ANSWER, ms * 1_000_000L);
      if (ms % 300 == 0) {
        tick(ms, 0);
      }
    }
    tick(1_000, 0);

    Percentiles answers = latency(Percentiles.ANSWER);
    assertEquals(1_000, answers.samples());
    assertEquals(500.0, answers.p50Us() / 1_000.0, 0.5);
    assertEquals(950.0, answers.p95Us() / 1_000.0, 0.95);
    assertEquals(990.0, answers.p99Us() / 1_000.0, 0.99);
    assertEquals(1_000, meter.counts().messages());
  }

  @Test
  void eachPointOfTheSeriesHoldsItsOwnInterval() {
    meter.connected(1_000_000, false);
    meter.timed(Percentiles.ANSWER, 5_000_000);
    meter.timed(Percentiles.ANSWER, 5_000_000);
    tick(1_000, 3);
    meter.disconnected();
    meter.attemptFailed("why");
    meter.connected(1_000_000, true);
    tick(2_000, 0);

    List<LoadPoint> points = totals.points();

    assertEquals(2, points.size());
    assertEquals(2, points.getFirst().answers());
    assertEquals(1, points.getFirst().connections());
    assertEquals(3, points.getFirst().queued());
    assertEquals(5.0, points.getFirst().answerP50Us() / 1_000.0, 0.01);
    assertEquals(new LoadPoint(2_000, 1, 0, 0, 0, 0, 1, 1), points.getLast());
  }

  @Test
  void theSpreadEndsWithTheLastWhoCameBack() {
    for (int ms : new int[] {100, 1_400, 1_450, 2_100}) {
      meter.timed(Percentiles.BACK, ms * 1_000_000L);
    }
    tick(3_000, 0);

    List<LoadSpread> spread = totals.spread();

    assertEquals(new LoadSpread(0, 0), spread.getFirst());
    assertTrue(spread.contains(new LoadSpread(1_500, 3)), spread::toString);
    assertEquals(new LoadSpread(2_250, 4), spread.getLast());
  }
}
