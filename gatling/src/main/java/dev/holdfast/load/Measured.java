package dev.holdfast.load;

import dev.holdfast.report.result.LoadResult;
import org.jspecify.annotations.Nullable;

/**
 * All that a load leaves behind, as its JVM hands it over.
 *
 * @param firstBroken null when every conversation held
 * @param lastFailure why the newest failed attempt failed; null when none did
 * @param fault what broke in Holdfast itself; null when nothing did
 */
record Measured(
    LoadResult result,
    @Nullable Broken firstBroken,
    @Nullable String lastFailure,
    @Nullable String fault) {}
