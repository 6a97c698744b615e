package dev.holdfast.report;

/** The place for a report holds something else; the message says what to do. */
public final class NotAReportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotAReportException(String message) {
    super(message);
  }
}
