package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadSpread;
import dev.holdfast.report.result.Percentiles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {
  private final Meter meter = new Meter();
  private final Totals totals = new Totals();

  private void tick(long atMs) {
    totals.add(meter.point(atMs), meter.timings().endInterval());
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
        tick(ms);
      }
    }
    tick(1_000);

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
    meter.waits(3);
    meter.waits(-3);
    tick(1_000);
    meter.disconnected();
    meter.attemptFailed("why");
    meter.connected(1_000_000, true);
    tick(2_000);

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
    tick(3_000);

    List<LoadSpread> spread = totals.spread();

    assertEquals(new LoadSpread(0, 0), spread.getFirst());
    assertTrue(spread.contains(new LoadSpread(1_500, 3)), spread::toString);
    assertEquals(new LoadSpread(2_250, 4), spread.getLast());
  }

  @Test
  void thePeakOfTheQueueIsSeenHoweverShort() {
    meter.waits(1);
    meter.waits(7);
    meter.waits(-6);
    tick(1_000);
    tick(2_000);

    assertEquals(List.of(8L, 2L), totals.points().stream().map(LoadPoint::queued).toList());
  }

  @Test
  void whoWasNotAnsweredInTimeCountsWithWhatWasWaited() {
    Exchange said = new Exchange(System.nanoTime() - 10_000_000_000L, false);
    Exchange dropped = new Exchange(System.nanoTime() - 10_000_000_000L, true);
    List<String> log = new ArrayList<>();

    said.unanswered(meter, new Failures(log), "nothing came");
    dropped.unanswered(meter, new Failures(log), "nothing came");
    tick(1_000);

    for (String kind :
        List.of(Percentiles.FIRST_FRAME, Percentiles.ANSWER, Percentiles.ANSWER_AFTER_DROP)) {
      assertEquals(1, latency(kind).samples(), kind);
      assertTrue(latency(kind).p50Us() >= 9_990_000, kind);
    }
    assertEquals(List.of("first frame", "answer", "answer across a drop"), log);
  }

  /** Keeps what failed. */
  private record Failures(List<String> requests) implements RequestLog {
    @Override
    public void ok(String request, long nanos) {}

    @Override
    public void failed(String request, long nanos, String why) {
      requests.add(request);
    }
  }
}
