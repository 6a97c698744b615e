package dev.holdfast.load;

import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a load leaves behind beside its interval log, as its JVM hands it over.
 *
 * @param startMs when its clock started, in milliseconds since 1970
 * @param lateMs how long after the time that had been agreed on; 0 when it was in time
 * @param firstBroken null when every conversation held
 * @param fault what broke in Holdfast itself; null when nothing did
 * @param points what was counted, second by second
 * @param brokenBy how many conversations each checker found broken
 */
record Measured(
    long startMs,
    long lateMs,
    long durationMs,
    long conversationsChecked,
    long conversationsBroken,
    Counts counts,
    @Nullable Broken firstBroken,
    @Nullable String fault,
    List<LoadPoint> points,
    Map<String, Long> brokenBy) {

  Measured {
    points = List.copyOf(points);
    brokenBy = Map.copyOf(Objects.requireNonNullElse(brokenBy, Map.of()));
  }

  /** The result that a report shows. */
  LoadResult result(LoadPlan plan, int people, Totals totals, int injectors) {
    return new LoadResult(
        plan.profile().word(),
        people,
        durationMs,
        conversationsChecked,
        conversationsBroken,
        counts.messages(),
        counts.attempts(),
        counts.failedAttempts(),
        counts.reconnects(),
        totals.latencies(),
        totals.points(),
        plan.model(),
        injectors,
        totals.spread(),
        List.of(),
        List.of(),
        brokenBy,
        null,
        List.of());
  }
}
