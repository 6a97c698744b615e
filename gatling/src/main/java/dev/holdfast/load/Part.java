package dev.holdfast.load;

import dev.holdfast.report.result.LoadFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What one injector left behind.
 *
 * @param faults what was done on purpose while it talked
 */
record Part(LoadPlan plan, Measured measured, LoadFiles files, List<LoadFault> faults) {

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
    LoadPlan plan = files.readPlan();
    return new Part(plan, files.readMeasured(), files, faults(plan, files));
  }

  /** A restart is on record as it went; when the people's network goes away, the plan says. */
  private static List<LoadFault> faults(LoadPlan plan, LoadFiles files) throws IOException {
    if (plan.profile() != LoadProfile.STORM) {
      return List.of();
    }
    if (plan.restarts()) {
      return Files.exists(files.storm()) ? List.of(files.readStorm()) : List.of();
    }
    long from = plan.stormAtMs();
    return List.of(
        new LoadFault("everybody's network is gone", from, from + Populations.OUTAGE.toMillis()));
  }
}
