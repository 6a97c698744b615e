package dev.holdfast.scenarios.blame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.scenarios.blame.FaultSpans.Span;
import dev.holdfast.scenarios.chaos.FaultJournal;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each fault has its own beginning and end, also where two have one name. */
class FaultSpansTest {
  private final FaultJournal journal = new FaultJournal();

  @Test
  void overlappingFaultsOfOneNameAreTwo() {
    FaultPlan longer = plan("latency", 900);
    FaultPlan shorter = plan("latency", 300);
    journal.struck(longer, 100, Instant.EPOCH);
    journal.struck(shorter, 200, Instant.EPOCH);
    journal.over(shorter, 1, 500, Instant.EPOCH);
    journal.over(longer, 1, 1_000, Instant.EPOCH);
    assertEquals(
        List.of(new Span("latency", 200, 500, 500), new Span("latency", 100, 1_000, 1_000)),
        FaultSpans.of(journal.records(), 2_000));
  }

  /** The same words twice are two plans. */
  @Test
  void equalPlansAreTwo() {
    FaultPlan one = plan("latency", 300);
    FaultPlan other = plan("latency", 300);
    journal.struck(one, 100, Instant.EPOCH);
    journal.struck(other, 200, Instant.EPOCH);
    journal.over(other, 1, 500, Instant.EPOCH);
    assertEquals(
        List.of(new Span("latency", 200, 500, 500), new Span("latency", 100, 2_000, 2_000)),
        FaultSpans.of(journal.records(), 2_000));
  }

  /** A history of before causes were written down. */
  @Test
  void withoutACauseTheOldestOfTheNameEnds() {
    FaultPlan plan = plan("down", 300);
    journal.struck(plan, 100, Instant.EPOCH);
    journal.over(plan, 1, 400, Instant.EPOCH);
    List<HistoryRecord> causeless =
        journal.records().stream()
            .map(r ->
                new HistoryRecord(
                    r.source(),
                    r.process(),
                    r.n(),
                    r.monoNs(),
                    r.wall(),
                    null,
                    null,
                    r.kind(),
                    r.op(),
                    null,
                    r.data()))
            .toList();
    assertEquals(List.of(new Span("down", 100, 400, 400)), FaultSpans.of(causeless, 2_000));
  }

  @Test
  void whatHasNoDurationIsHealedAsItStrikes() {
    FaultPlan swallows = plan("frame_drop", 0);
    FaultPlan lasting = plan("down", 0);
    journal.struck(swallows, 100, Instant.EPOCH);
    journal.struck(lasting, 200, Instant.EPOCH);
    journal.over(swallows, 1, 1_000, Instant.EPOCH);
    journal.over(lasting, 1, 1_000, Instant.EPOCH);
    assertEquals(
        List.of(new Span("frame_drop", 100, 1_000, 100), new Span("down", 200, 1_000, 1_000)),
        FaultSpans.of(journal.records(), 2_000));
  }

  private static FaultPlan plan(String fault, long forMs) {
    return new FaultPlan(null, 100, fault, Map.of(), forMs, null);
  }
}
