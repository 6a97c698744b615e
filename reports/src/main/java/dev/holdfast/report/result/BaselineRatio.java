package dev.holdfast.report.result;

/**
 * One figure beside that of an earlier run.
 *
 * @param name for example {@code round_trip_p99_ms}
 * @param before what the earlier run measured
 * @param now what this one did
 * @param ratio of now to before
 * @param low the lower end of the ratio's interval
 * @param high the upper end
 * @param allowed up to this ratio runs of one build may differ
 * @param verdict fail when the whole interval lies beyond what is allowed
 */
public record BaselineRatio(
    String name,
    double before,
    double now,
    double ratio,
    double low,
    double high,
    double allowed,
    Verdict verdict,
    String note) {}
