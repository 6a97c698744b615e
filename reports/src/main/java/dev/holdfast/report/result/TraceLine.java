package dev.holdfast.report.result;

/**
 * One thing seen while a case ran: a frame, or an event that explains the frames round it.
 *
 * @param atMs milliseconds since the case started
 * @param connection which connection, for example {@code ana#2}; empty when it concerns none
 * @param text the frame as it was on the wire, or the event in words
 */
public record TraceLine(long atMs, String connection, Direction direction, String text) {}
