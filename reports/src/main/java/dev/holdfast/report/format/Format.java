package dev.holdfast.report.format;

import dev.holdfast.report.result.RunReport;
import java.io.IOException;
import java.io.Writer;

/** One form of a report: a file of its own, written from a {@link RunReport} and nothing else. */
public interface Format {

  /** The name of its file in a report directory. */
  String fileName();

  /** Writes the whole report. The writer encodes as UTF-8; the caller closes it. */
  void write(RunReport report, Writer out) throws IOException;
}
