package dev.holdfast.load;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.load.LimitSearch.Limit;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.LoadStep;
import dev.holdfast.report.result.Percentiles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitSearchTest {
  private static LoadOutcome outcome(int people) {
    var first = new Percentiles(Percentiles.FIRST_FRAME, 1_000, people, 0, 0, people * 2L, 0, 0);
    var result =
        new LoadResult("steady", people, 1_000, 1, 0, 1, 1, 0, 0, List.of(first), List.of());
    return new LoadOutcome(result, List.of(), List.of(), null, null, null);
  }

  private static Limit search(int limit, int most) throws Exception {
    return LimitSearch.run(
        LimitSearchTest::outcome,
        o -> requireNonNull(o.result()).people() > limit ? "p99 is over" : "",
        50,
        most,
        Progress.SILENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12, 49, 50, 51, 99, 730, 8_191, 15_000})
  void closesInOnTheLimit(int limit) throws Exception {
    Limit found = search(limit, 16_000);

    int held = requireNonNull(requireNonNull(found.held()).result()).people();
    int broke = requireNonNull(requireNonNull(found.gaveWay()).result()).people();
    assertTrue(held <= limit && limit < broke, () -> held + " to " + broke);
    assertTrue(broke <= held * 1.15 + 1, () -> held + " to " + broke);
    assertTrue(found.steps().size() <= 16);
    assertTrue(found.text().endsWith("p99 is over"), found::text);
    assertTrue(found.steps().stream().anyMatch(LoadStep::held));
  }

  @Test
  void saysWhenNothingGaveWay() throws Exception {
    Limit found = search(1_000_000, 1_000);

    assertNull(found.gaveWay());
    assertEquals("1,000 people hold, and the search ends there", found.text());
  }

  @Test
  void saysWhenNothingHeld() throws Exception {
    Limit found = search(0, 1_000);

    assertNull(found.held());
    assertEquals(
        List.of(50, 25, 12, 6, 3, 1), found.steps().stream().map(LoadStep::people).toList());
    assertEquals("not even one person holds; at 1: p99 is over", found.text());
  }
}
