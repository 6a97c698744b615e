package dev.holdfast.report.result;

/**
 * What one history checker concluded, and from what.
 *
 * @param checker its name, for example {@code no_loss}
 * @param evidence a sentence: what was counted, or the first thing that was wrong
 */
public record CheckResult(String checker, Verdict verdict, String evidence) {}
