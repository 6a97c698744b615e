package dev.holdfast.cli.gate;

import dev.holdfast.cli.Main;
import java.nio.file.Path;
import java.util.List;

/** How the reference server is started as a process of its own, for what ends processes. */
final class ReferenceProcess {
  private ReferenceProcess() {}

  /** The words of the command; {@code {port}} stands for the port. */
  static List<String> words() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "serve",
        "--quiet",
        "--store",
        "memory",
        "--port",
        "{port}");
  }
}
