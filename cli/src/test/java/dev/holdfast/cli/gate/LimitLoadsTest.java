package dev.holdfast.cli.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.load.LoadOutcome;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** People who say one thing a second to a server that answers within 10 ms, or 500. */
class LimitLoadsTest {
  private final List<Long> played = new ArrayList<>();

  private LoadOutcome play(int people, long ms) {
    played.add(ms);
    long us = people > 200 ? 500_000 : 10_000;
    var first =
        new Percentiles(Percentiles.FIRST_FRAME, people * ms / 1_000, us, us, us, us, us, us);
    var result = new LoadResult("steady", people, ms, 1, 0, 1, 1, 0, 0, List.of(first), List.of());
    return new LoadOutcome(result, List.of(), List.of(), null, null, null);
  }

  private LimitLoads loads(String budget) {
    return new LimitLoads(this::play, Budgets.of(Map.of(budget, 100)), 10_000, Progress.SILENT);
  }

  @Test
  void aStepWithTooFewSamplesIsPlayedAgainForLongerAndTheNextFromTheStart() throws Exception {
    LimitLoads loads = loads("round_trip_p99_ms");

    assertEquals("", loads.gaveWay(loads.with(50)));
    assertEquals("", loads.gaveWay(loads.with(100)));
    assertEquals("round_trip_p99_ms is 500.0, over 100", loads.gaveWay(loads.with(400)));

    assertEquals(List.of(10_000L, 25_000L, 12_500L, 10_000L), played);
    assertEquals(Set.of(), loads.unjudged());
  }

  @Test
  void whatNoStepCanBeLongEnoughForIsSaid() throws Exception {
    LimitLoads loads = loads("round_trip_p99_ms");

    loads.with(1);

    assertEquals(List.of(10_000L, LimitLoads.LONGEST_MS), played);
    assertEquals(Set.of("round_trip_p99_ms"), loads.unjudged());
  }

  @Test
  void whatIsNotMeasuredIsNotWaitedFor() throws Exception {
    LimitLoads loads = loads("ping_p95_ms");

    loads.with(50);

    assertEquals(List.of(10_000L), played);
    assertEquals(Set.of("ping_p95_ms"), loads.unjudged());
  }
}
