package dev.holdfast.report.result;

import org.jspecify.annotations.Nullable;

/**
 * One budget: what was measured beside its limit.
 *
 * @param name for example {@code round_trip_p99_ms}
 * @param measured null when nothing was measured
 * @param margin how far inside the limit, in the unit; negative when over; null when not measured
 * @param unit {@code ms}, {@code percent} or {@code count}
 * @param samples how many observations the measured value stands on
 * @param note what a reader should know, for example why it is inconclusive; empty when nothing
 */
public record BudgetResult(
    String name,
    @Nullable Double measured,
    double limit,
    @Nullable Double margin,
    String unit,
    long samples,
    Verdict verdict,
    String note) {}
