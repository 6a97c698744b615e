package dev.holdfast.scenarios.chaos;

import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.scenarios.blame.FaultSpans;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The history of the faults of one story: planned, struck, over with so many bites. */
public final class FaultJournal {
  private final Journal journal = new Journal(Source.PROXY, "faults");

  /** Where each plan's beginning stands: two that say the same are two all the same. */
  private final Map<FaultPlan, String> struck = new IdentityHashMap<>();

  public void planned(FaultPlan plan, long nanos, Instant wall) {
    HistoryRecord unused = add(plan, nanos, wall, null, Map.of("phase", "planned"));
  }

  public synchronized void struck(FaultPlan plan, long nanos, Instant wall) {
    Map<String, Object> data =
        isMomentary(plan)
            ? Map.of("phase", "struck", FaultSpans.MOMENTARY, true)
            : Map.of("phase", "struck");
    struck.put(plan, add(plan, nanos, wall, null, data).address());
  }

  /** What is done to single frames, or to a date, is over once it is done. */
  private static boolean isMomentary(FaultPlan plan) {
    boolean once = plan.fault().startsWith("frame_") || plan.fault().equals(Scenario.CLOCK_JUMP);
    return once && plan.forMs() == 0;
  }

  /** The fault was taken away, having affected traffic so often. */
  public synchronized void over(FaultPlan plan, long bites, long nanos, Instant wall) {
    Map<String, Object> data = Map.of("phase", "over", "bites", bites);
    HistoryRecord unused = add(plan, nanos, wall, struck.remove(plan), data);
  }

  private synchronized HistoryRecord add(
      FaultPlan plan, long nanos, Instant wall, @Nullable String cause, Map<String, Object> data) {
    String at = Timestamps.format(wall);
    return journal.add(nanos, at, null, null, Kind.FAULT, plan.fault(), cause, data);
  }

  public List<HistoryRecord> records() {
    return journal.records();
  }
}
