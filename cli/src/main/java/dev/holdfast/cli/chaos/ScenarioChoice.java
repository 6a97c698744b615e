package dev.holdfast.cli.chaos;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.load.Nearest;
import dev.holdfast.scenarios.load.ScenarioReader;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which scenarios are meant: by name those that come with Holdfast, by file any. */
public final class ScenarioChoice {
  private ScenarioChoice() {}

  public static List<Scenario> all() {
    return ChaosScenarios.ALL;
  }

  /**
   * The scenarios wanted; all but the slow ones when none is named.
   *
   * @throws UsageError if a name is neither a scenario's nor a file's
   * @throws dev.holdfast.scenarios.load.ScenarioError if a file says what cannot be meant
   */
  public static List<Scenario> of(List<String> wanted) {
    return wanted.isEmpty()
        ? all().stream().filter(scenario -> !Settings.slow(scenario)).toList()
        : wanted.stream().map(ScenarioChoice::one).toList();
  }

  /** The names of all that come with Holdfast and of these, which may be somebody's own. */
  public static List<String> names(List<Scenario> chosen) {
    return Stream.concat(all().stream(), chosen.stream()).map(Scenario::name).distinct().toList();
  }

  /** Names of those that are played only when asked for. */
  public static List<String> leftOut() {
    return all().stream().filter(Settings::slow).map(Scenario::name).toList();
  }

  private static Scenario one(String wanted) {
    for (Scenario scenario : all()) {
      if (scenario.name().equals(wanted)) {
        return scenario;
      }
    }
    if (Files.exists(Path.of(wanted))) {
      return ScenarioReader.read(Path.of(wanted));
    }
    List<String> names = all().stream().map(Scenario::name).toList();
    throw new UsageError(
        "no scenario and no file is called '" + wanted + "'" + Nearest.hint(wanted, names));
  }
}
