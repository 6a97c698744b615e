package dev.holdfast.report.result;

/**
 * What an audit log was held against.
 *
 * @param entries how many there are in all
 * @param head where its chain ends, {@code ENTRY:HASH}; empty for a log without one
 * @param observed events that clients saw and that must be on record
 * @param recorded how many of those are, each once
 * @param caused entries about the sessions that were observed
 * @param explained how many of those have a cause that clients saw
 */
public record AuditSummary(
    long entries, String head, long observed, long recorded, long caused, long explained) {}
