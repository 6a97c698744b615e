package dev.holdfast.scenarios.chaos;

import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The history of the faults of one story: planned, struck, over with so many bites. */
public final class FaultJournal {
  private final Journal journal = new Journal(Source.PROXY, "faults");

  public void planned(FaultPlan plan, long nanos, Instant wall) {
    add(plan, nanos, wall, Map.of("phase", "planned"));
  }

  public void struck(FaultPlan plan, long nanos, Instant wall) {
    add(plan, nanos, wall, Map.of("phase", "struck"));
  }

  /** The fault was taken away, having affected traffic so often. */
  public void over(FaultPlan plan, long bites, long nanos, Instant wall) {
    add(plan, nanos, wall, Map.of("phase", "over", "bites", bites));
  }

  private synchronized void add(
      FaultPlan plan, long nanos, Instant wall, Map<String, Object> data) {
    HistoryRecord unused =
        journal.add(nanos, Timestamps.format(wall), null, null, Kind.FAULT, plan.fault(), data);
  }

  public List<HistoryRecord> records() {
    return journal.records();
  }
}
