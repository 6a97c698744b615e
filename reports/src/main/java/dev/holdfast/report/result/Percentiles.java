package dev.holdfast.report.result;

/**
 * The distribution of one kind of latency, in microseconds.
 *
 * @param kind what was timed: see the constants
 * @param samples how many were timed; a percentile is worth no more than these
 */
public record Percentiles(
    String kind,
    long samples,
    long p50Us,
    long p90Us,
    long p95Us,
    long p99Us,
    long p999Us,
    long maxUs) {

  /** From a message sent to the first frame of its run. */
  public static final String FIRST_FRAME = "first_frame";

  /** From a message sent to the frame that ends its run. */
  public static final String ANSWER = "answer";

  /** From the start of a connection attempt to its greeting. */
  public static final String CONNECT = "connect";

  /**
   * How many samples a percentile needs so that ten lie beyond it and no single one decides: 1,000
   * for the 99th, 200 for the 95th.
   */
  public static long samplesFor(double percent) {
    return Math.round(10 / (1 - percent / 100));
  }
}
