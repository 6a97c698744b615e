package dev.holdfast.cli.gate;

import dev.holdfast.cli.Main;
import dev.holdfast.scenarios.chaos.ServerProcess;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.model.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the reference server is started as a process of its own, for what ends processes. */
final class ReferenceProcess {
  private ReferenceProcess() {}

  /**
   * The words of the command; {@code {port}} stands for the port, {@code {folder}} for a folder of
   * the server's own.
   */
  static List<String> words(Scenario scenario) {
    boolean keeps = !scenario.durability().equals(History.NO_DURABILITY);
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--quiet",
                "--store",
                keeps ? "sqlite:{folder}/sessions.db" : "memory",
                "--audit",
                ServerProcess.AUDIT_FOLDER,
                "--port",
                "{port}"));
    scenario
        .server()
        .forEach((setting, value) -> {
          words.add("--" + setting.replace('_', '-'));
          words.add(value.toString());
        });
    return words;
  }
}
