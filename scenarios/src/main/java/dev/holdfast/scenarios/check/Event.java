package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.journal.HistoryRecord.Source;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was seen, typed.
 *
 * @param source whose eyes
 * @param process the person or machine that it happened to
 * @param nanos on that process's own monotonic clock
 * @param connection as that process names it
 */
public record Event(
    Source source, String process, long nanos, @Nullable String connection, Fact fact) {}
