package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final LoadPlan PLAN = LoadPlan.of(LoadProfile.SMOKE, URI.create("ws://x/ws/chat"));

  private final Meter meter = new Meter();

  @Test
  void percentilesComeOutOfEveryAnswer() {
    for (int ms = 1; ms <= 1_000; ms++) {
      meter.said();
      meter.answered(ms * 1_000_000L);
    }

    LoadResult result = meter.result(PLAN, 10_000, 40, 1);

    Percentiles answers = result.latency(Percentiles.ANSWER).orElseThrow();
    assertEquals(1_000, answers.samples());
    assertEquals(500.0, answers.p50Us() / 1_000.0, 0.5);
    assertEquals(950.0, answers.p95Us() / 1_000.0, 0.95);
    assertEquals(990.0, answers.p99Us() / 1_000.0, 0.99);
    assertEquals(1_000, result.messages());
    assertEquals(40, result.conversationsChecked());
    assertEquals(1, result.conversationsBroken());
  }

  @Test
  void eachPointOfTheSeriesHoldsItsOwnInterval() {
    meter.connected(1_000_000, false);
    meter.answered(5_000_000);
    meter.answered(5_000_000);
    meter.tick(1_000);
    meter.disconnected();
    meter.tick(2_000);

    List<LoadPoint> points = meter.result(PLAN, 2_000, 0, 0).series();

    assertEquals(2, points.size());
    assertEquals(2, points.getFirst().answers());
    assertEquals(1, points.getFirst().connections());
    assertEquals(5.0, points.getFirst().answerP50Us() / 1_000.0, 0.01);
    assertEquals(new LoadPoint(2_000, 0, 0, 0, 0), points.getLast());
  }
}
