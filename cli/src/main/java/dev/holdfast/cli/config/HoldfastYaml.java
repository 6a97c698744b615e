package dev.holdfast.cli.config;

import dev.holdfast.cli.run.TargetUrl;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.scenarios.load.ScenarioError;
import dev.holdfast.scenarios.load.Yaml;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code holdfast.yaml}: where a target is, what it understands, how fast it has to be.
 *
 * <p>A key that is not known is an error with its line and the nearest that is.
 */
public final class HoldfastYaml {
  private static final List<String> KEYS =
      List.of("target", "stimuli", "budgets", "server", "profile", "capabilities", "rollout");
  private static final List<String> TARGET_KEYS =
      List.of(
          "url", "http", "endpoints", "start", "env", "ready", "audit", "audit_mapping", "dialect");
  private static final long MOST = 1_000_000_000;

  private HoldfastYaml() {}

  /**
   * Reads a file.
   *
   * @throws ScenarioError if it says something that cannot be meant
   * @throws UsageError if it cannot be read
   */
  public static Config read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new UsageError(file + ": no such file; give --config an existing one");
    } catch (IOException e) {
      throw new UsageError(file + ": cannot be read: " + e.getMessage());
    }
  }

  static Config parse(String name, String text) {
    Map<String, Yaml> fields = Yaml.read(name, text).map(KEYS);
    Map<String, Yaml> target = section(fields, "target", TARGET_KEYS);
    return new Config(
        url(target.get("url")),
        http(target.get("http")),
        stimuli(section(fields, "stimuli", words())),
        budgets(section(fields, "budgets", Budgets.names())),
        MoreYaml.of(Path.of(name), fields, target));
  }

  private static Map<String, Yaml> section(
      Map<String, Yaml> fields, String name, List<String> known) {
    Yaml section = fields.get(name);
    return section == null ? Map.of() : section.map(known);
  }

  private static @Nullable URI url(@Nullable Yaml value) {
    if (value == null) {
      return null;
    }
    try {
      return TargetUrl.parse(value.text());
    } catch (UsageError e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable URI http(@Nullable Yaml value) {
    if (value == null) {
      return null;
    }
    if (!value.text().matches("https?://[^/?#]+/?")) {
      throw value.error("expected an HTTP address, as in http://127.0.0.1:8001");
    }
    return URI.create(value.text());
  }

  private static List<String> words() {
    return Arrays.stream(Stimulus.values()).map(Stimulus::word).toList();
  }

  private static Map<Stimulus, String> stimuli(Map<String, Yaml> fields) {
    Map<Stimulus, String> stimuli = new EnumMap<>(Stimulus.class);
    fields.forEach((word, value) ->
        stimuli.put(Stimulus.valueOf(word.toUpperCase(Locale.ROOT)), value.text()));
    return stimuli;
  }

  private static Map<String, Long> budgets(Map<String, Yaml> fields) {
    Map<String, Long> budgets = new TreeMap<>();
    fields.forEach((name, value) -> budgets.put(name, value.number(0, MOST)));
    return budgets;
  }
}
