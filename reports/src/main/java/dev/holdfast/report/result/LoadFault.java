package dev.holdfast.report.result;

/**
 * Something that was done to a load on purpose.
 *
 * @param what in words
 * @param fromMs milliseconds since the load started
 * @param toMs when it was over
 */
public record LoadFault(String what, long fromMs, long toMs) {}
