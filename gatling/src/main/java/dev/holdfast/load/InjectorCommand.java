package dev.holdfast.load;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** How the JVM of one injector is started. */
final class InjectorCommand {
  /**
   * In a load this short the optimizing compiler takes more processor time than it saves, and takes
   * it from those who are timed: a third of all, measured on two cores.
   */
  private static final long SHORT_MS = 30_000;

  /** More people than this are worth the optimizing compiler, however short the load. */
  private static final int FEW = 100;

  private static final int QUICK_COMPILER = 1;
  private static final int ALL_COMPILERS = 4;

  private InjectorCommand() {}

  static ProcessBuilder of(LoadPlan plan, LoadFiles files) {
    boolean small = plan.durationMs() <= SHORT_MS && plan.users() <= FEW;
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=" + (small ? QUICK_COMPILER : ALL_COMPILERS),
            "-Djava.util.prefs.PreferencesFactory=" + QuietPreferences.Factory.class.getName(),
            "-Dlogback.configurationFile=dev/holdfast/load/logback-load.xml",
            "-cp",
            absolute(System.getProperty("java.class.path")),
            Injector.class.getName(),
            files.folder().toString());
    return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(files.log().toFile());
  }

  private static String absolute(String classPath) {
    return String.join(
        File.pathSeparator,
        List.of(classPath.split(File.pathSeparator, -1)).stream()
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }
}
