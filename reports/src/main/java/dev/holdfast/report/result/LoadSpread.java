package dev.holdfast.report.result;

/**
 * How many people were back so long after they had lost their connection.
 *
 * @param afterMs since each one's own loss
 * @param back how many in all by then
 */
public record LoadSpread(long afterMs, long back) {}
