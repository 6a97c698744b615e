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

  /** From a message sent to the first status of its run. */
  public static final String FIRST_STATUS = "first_status";

  /** From a message sent to the first piece of its streamed answer. */
  public static final String FIRST_TOKEN = "first_token";

  /** As {@link #ANSWER}, from when the message was said, however late that was. */
  public static final String ANSWER_UNCORRECTED = "answer_uncorrected";

  /** As {@link #ANSWER}, where the person lost the network while waiting. */
  public static final String ANSWER_AFTER_DROP = "answer_after_drop";

  /** From a message posted over HTTP to the response with its answer: the control. */
  public static final String HTTP_ANSWER = "http_answer";

  /** From the start of a connection attempt to its greeting. */
  public static final String CONNECT = "connect";

  /** From the loss of a connection to the greeting of the one that replaced it. */
  public static final String BACK = "back";

  /** From a ping to its pong. */
  public static final String PING = "ping";

  /**
   * How many samples a percentile needs so that ten lie beyond it and no single one decides: 1,000
   * for the 99th, 200 for the 95th.
   */
  public static long samplesFor(double percent) {
    return Math.round(10 / (1 - percent / 100));
  }
}
