package dev.holdfast.report.result;

/**
 * What one moment of a load looked like; a series of these draws its charts.
 *
 * @param atMs milliseconds since the load started, at the end of the interval
 * @param connections open at that moment
 * @param answers messages answered within the interval
 * @param answerP50Us median time to an answer within the interval; 0 when there was none
 * @param answerP99Us the same at the 99th percentile
 * @param queued the most messages that waited in the clients within the interval, never yet written
 * @param reconnects connections within the interval that replaced a lost one
 * @param failedAttempts attempts within the interval that did not reach a greeting
 * @param firstFrameP50Us median time to the first frame of a run within the interval; 0 when there
 *     was none
 * @param firstFrameP99Us the same at the 99th percentile
 */
public record LoadPoint(
    long atMs,
    int connections,
    long answers,
    long answerP50Us,
    long answerP99Us,
    long queued,
    long reconnects,
    long failedAttempts,
    long firstFrameP50Us,
    long firstFrameP99Us) {

  /** A moment of which no first frames are known. */
  public LoadPoint(
      long atMs,
      int connections,
      long answers,
      long answerP50Us,
      long answerP99Us,
      long queued,
      long reconnects,
      long failedAttempts) {
    this(
        atMs,
        connections,
        answers,
        answerP50Us,
        answerP99Us,
        queued,
        reconnects,
        failedAttempts,
        0,
        0);
  }

  /** A moment when nothing waited, came back or failed. */
  public LoadPoint(long atMs, int connections, long answers, long answerP50Us, long answerP99Us) {
    this(atMs, connections, answers, answerP50Us, answerP99Us, 0, 0, 0);
  }
}
