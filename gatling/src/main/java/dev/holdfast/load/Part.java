package dev.holdfast.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What one injector left behind. */
record Part(LoadPlan plan, Measured measured, LoadFiles files) {

  /**
   * Reads the folder of one injector.
   *
   * @throws MergeException if there is no finished load in it
   */
  static Part read(Path folder) throws IOException {
    LoadFiles files = new LoadFiles(folder);
    for (Path needed : new Path[] {files.plan(), files.measured(), files.intervals()}) {
      if (!Files.isRegularFile(needed)) {
        throw new MergeException(
            folder + ": no finished load is there; " + needed.getFileName() + " is missing");
      }
    }
    return new Part(files.readPlan(), files.readMeasured(), files);
  }
}
