package dev.holdfast.cli.audit;

import dev.holdfast.cli.run.UsageError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of an audit log, as they stand on the command line. */
final class LogFiles {
  private LogFiles() {}

  /**
   * Looks whether each is there.
   *
   * @throws UsageError if one is not
   */
  static void refuseMissing(List<Path> files) {
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new UsageError(file + ": no such file or folder; give files of an audit log");
      }
    }
  }
}
