package dev.holdfast.report.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetsTest {

  @ParameterizedTest
  @CsvSource({
    "round_trip_p99_ms, 30.0, 1000, PASS, 0.0",
    "round_trip_p99_ms, 29.99, 1000, FAIL, -0.01",
    "round_trip_p99_ms, 100, 999, INCONCLUSIVE, 70.0",
    "round_trip_p95_ms, 100, 200, PASS, 80.0",
    "round_trip_p95_ms, 100, 199, INCONCLUSIVE, 80.0",
    "round_trip_p50_ms, 5, 20, FAIL, -5.0",
    "round_trip_p50_ms, 5, 19, INCONCLUSIVE, -5.0",
  })
  void aPercentileIsJudgedOnlyOnEnoughSamples(
      String name, double limit, long samples, Verdict verdict, double margin) {
    Percentiles latency =
        new Percentiles(
            Percentiles.FIRST_FRAME, samples, 10_000, 15_000, 20_000, 30_000, 40_000, 50_000);

    BudgetResult result = Budgets.of(Map.of(name, limit)).judge(load(latency)).getFirst();

    assertEquals(verdict, result.verdict());
    assertEquals(margin, margin(result), 1e-9);
    assertEquals(samples, result.samples());
  }

  @Test
  void tooFewSamplesAreCounted() {
    Percentiles latency = new Percentiles(Percentiles.FIRST_FRAME, 612, 1, 1, 1, 1, 1, 1);

    BudgetResult result =
        Budgets.of(Map.of("round_trip_p99_ms", 100)).judge(load(latency)).getFirst();

    assertEquals("612 samples, 1,000 are needed", result.note());
  }

  @Test
  void howMuchLongerALoadShouldHaveLastedIsKnown() {
    Percentiles latency = new Percentiles(Percentiles.FIRST_FRAME, 250, 1, 1, 1, 1, 1, 1);
    Map<String, Integer> limits =
        Map.of("round_trip_p95_ms", 1, "round_trip_p99_ms", 1, "ping_p99_ms", 1);

    assertEquals(4, Budgets.of(limits).samplesShort(load(latency)), 1e-9);
    assertEquals(1, Budgets.of(limits).samplesShort(load()), 1e-9);
    assertEquals(1, Budgets.none().samplesShort(load(latency)), 1e-9);
  }

  @Test
  void whatWasNotMeasuredIsInconclusive() {
    BudgetResult result = Budgets.of(Map.of("connect_p99_ms", 50)).judge(load()).getFirst();

    assertEquals(Verdict.INCONCLUSIVE, result.verdict());
    assertEquals("the load did not measure it", result.note());
    assertEquals(
        "no load ran",
        Budgets.of(Map.of("connect_p99_ms", 50)).unmeasured("no load ran").getFirst().note());
  }

  @Test
  void connectionSuccessHasALeastAndNotAMost() {
    LoadResult half = new LoadResult("smoke", 1, 1, 1, 0, 1, 4, 2, 0, List.of(), List.of());

    assertEquals(Verdict.FAIL, success(51, half).verdict());
    assertEquals(Verdict.PASS, success(50, half).verdict());
    assertEquals(-1.0, margin(success(51, half)));
  }

  @Test
  void oneBrokenConversationIsOneTooMany() {
    Budgets none = Budgets.of(Map.of("broken_conversations", 0));

    assertEquals(Verdict.PASS, none.judge(Sample.load(0)).getFirst().verdict());
    assertEquals(Verdict.FAIL, none.judge(Sample.load(1)).getFirst().verdict());
  }

  @Test
  void aTypoIsToldWithTheNearestName() {
    BudgetException e =
        assertThrows(BudgetException.class, () -> Budgets.of(Map.of("roundtrip_p99_ms", 100)));

    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("did you mean round_trip_p99_ms?"), message);
  }

  @Test
  void aLimitThatIsNoLimitIsRefused() {
    assertThrows(BudgetException.class, () -> Budgets.of(Map.of("round_trip_p99_ms", -1)));
    assertThrows(BudgetException.class, () -> Budgets.of(Map.of("round_trip_p99_ms", Double.NaN)));
  }

  private static BudgetResult success(int limit, LoadResult load) {
    return Budgets.of(Map.of("connection_success_percent", limit)).judge(load).getFirst();
  }

  private static double margin(BudgetResult result) {
    Double margin = result.margin();
    return margin == null ? Double.NaN : margin;
  }

  private static LoadResult load(Percentiles... latencies) {
    return new LoadResult("smoke", 1, 1_000, 1, 0, 1, 1, 0, 0, List.of(latencies), List.of());
  }
}
