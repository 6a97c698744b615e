package dev.holdfast.report.format;

import org.jspecify.annotations.Nullable;

/**
 * One thing that the reader of a report can do.
 *
 * @param what a sentence that starts with a verb
 * @param about the address that it concerns; empty when it concerns the run
 * @param command what to type; null when there is nothing to type
 */
public record NextStep(String what, String about, @Nullable String command) {}
