package dev.holdfast.load;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Stage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a load in a JVM of its own and reads what that leaves behind. */
public final class LoadRun {
  private static final long LOOK_MS = 500;

  /** For starting, reports and leaving, beyond the load itself and one last answer. */
  private static final long MARGIN_MS = 60_000;

  /**
   * In a load this short the optimizing compiler takes more processor time than it saves, and takes
   * it from those who are timed: a third of all, measured on two cores.
   */
  private static final long SHORT_MS = 30_000;

  private static final int QUICK_COMPILER = 1;
  private static final int ALL_COMPILERS = 4;

  private final LoadPlan plan;
  private final Progress progress;
  private final LoadFiles files;

  private LoadRun(LoadPlan plan, Progress progress, LoadFiles files) {
    this.plan = plan;
    this.progress = progress;
    this.files = files;
  }

  /**
   * Runs a load to its end.
   *
   * @param progress is told what is under way; stages begin and end elsewhere
   * @param folder for all files of this load; those of an earlier one are replaced
   * @throws InterruptedException when interrupted; the load's JVM has been ended
   */
  public static LoadOutcome run(LoadPlan plan, Progress progress, Path folder)
      throws IOException, InterruptedException {
    return new LoadRun(plan, progress, new LoadFiles(folder.toAbsolutePath())).run();
  }

  private LoadOutcome run() throws IOException, InterruptedException {
    files.clear();
    files.write(plan);
    Process process =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(files.log().toFile())
            .start();
    boolean inTime;
    try {
      inTime = attend(process);
    } finally {
      process.destroyForcibly();
    }
    return new Reading(plan, files).outcome(inTime);
  }

  /** Waits for the end; false if it does not come in time. */
  private boolean attend(Process process) throws InterruptedException {
    long began = System.nanoTime();
    long mostMs = plan.durationMs() + plan.answerTimeoutMs() + MARGIN_MS;
    while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
      long ms = (System.nanoTime() - began) / 1_000_000;
      if (ms > mostMs) {
        return false;
      }
      progress.running(Stage.LOAD, underWay(ms));
    }
    return true;
  }

  private String underWay(long ms) {
    long of = plan.durationMs() / 1_000;
    return ms <= plan.durationMs()
        ? "%,d people, %d of %d s".formatted(plan.users(), ms / 1_000, of)
        : "%,d people, finishing".formatted(plan.users());
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=" + (plan.durationMs() <= SHORT_MS ? QUICK_COMPILER : ALL_COMPILERS),
        "-Djava.util.prefs.PreferencesFactory=" + QuietPreferences.Factory.class.getName(),
        "-Dlogback.configurationFile=dev/holdfast/load/logback-load.xml",
        "-cp",
        absolute(System.getProperty("java.class.path")),
        Injector.class.getName(),
        files.folder().toString());
  }

  private static String absolute(String classPath) {
    return String.join(
        File.pathSeparator,
        List.of(classPath.split(File.pathSeparator, -1)).stream()
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }
}
