package dev.holdfast.cli.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A starved machine excuses what took too long, and nothing else. */
class StarvedLoadTest {
  private static final String STARVED = "this machine was starved of processor time";

  private static BudgetResult budget(String unit, Verdict verdict) {
    return new BudgetResult("a_budget", 151.0, 100, -51.0, unit, 1_000, verdict, "");
  }

  private static Verdict excused(String unit, Verdict verdict, String starved) {
    return StarvedLoad.excuse(List.of(budget(unit, verdict)), starved).getFirst().verdict();
  }

  @Test
  void whatTookTooLongIsInconclusiveAndTheMachineIsNamed() {
    BudgetResult excused =
        StarvedLoad.excuse(List.of(budget("ms", Verdict.FAIL)), STARVED).getFirst();
    assertEquals(Verdict.INCONCLUSIVE, excused.verdict());
    assertEquals(STARVED, excused.note());
  }

  @Test
  void whatWasLostAndWhatHeldStaysAsItIs() {
    assertEquals(Verdict.FAIL, excused("conversations", Verdict.FAIL, STARVED));
    assertEquals(Verdict.PASS, excused("ms", Verdict.PASS, STARVED));
  }

  @Test
  void aQuietMachineExcusesNothing() {
    List<BudgetResult> judged = List.of(budget("ms", Verdict.FAIL));
    assertEquals(judged, StarvedLoad.excuse(judged, null));
  }
}
