package dev.holdfast.report;

import dev.holdfast.report.result.Problem;
import java.io.IOException;
import java.nio.file.Path;

/** A report that could not be written: a full disk, a folder that is read-only. */
public final class ReportWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ReportWriteException(String message, IOException cause) {
    super(message, cause);
  }

  public static ReportWriteException at(Path file, IOException cause) {
    return new ReportWriteException("cannot write " + file + ": " + Problem.describe(cause), cause);
  }
}
