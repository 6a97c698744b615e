package dev.holdfast.report.format;

import org.jspecify.annotations.Nullable;

/** A report that cannot be read back; the message says which and why. */
public final class ReportReadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReportReadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
