package dev.holdfast.report.format.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.LoadStep;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadChartsTest {
  private static Chart knee(LoadStep... steps) {
    var load = new LoadResult("steady", 50, 1, 1, 0, 1, 1, 0, 0, List.of(), List.of());
    return LoadCharts.of(load.with(List.of(steps))).getFirst();
  }

  private static LoadStep step(int people, String broke) {
    return new LoadStep(people, 1, 1_000, 2_000, broke);
  }

  @Test
  void theKneeIsMarkedFromTheMostWhoHeldToTheFewestWhoDidNot() {
    Chart chart = knee(step(50, ""), step(100, ""), step(200, "p99"), step(150, "p99"));

    String limit = "the limit lies: 100 people hold, 150 do not";
    assertEquals(List.of(new Chart.Band(limit, "shade", 500, 250)), chart.bands());
    assertTrue(chart.description().endsWith("; shaded where " + limit), chart::description);
  }

  @Test
  void nothingIsMarkedWhereAllHeld() {
    Chart chart = knee(step(50, ""), step(100, ""));

    assertEquals(List.of(), chart.bands());
  }
}
