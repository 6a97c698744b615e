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
          "url",
          "http",
          "endpoints",
          "start",
          "env",
          "ready",
          "audit",
          "audit_mapping",
          "dialect",
          "headers",
          "tls",
          "patience_ms");
  private static final long MOST = 1_000_000_000;

  private HoldfastYaml() {}

  /**
   * Reads a file.
   *
   * @throws ScenarioError if it says something that cannot be meant
   * @throws UsageError if it cannot be read
   */
  public static Config read(Path file) {
    return read(file, null);
  }

  /**
   * Reads a file.
   *
   * @param typed the target's address on the command line, which comes before that in the file
   * @throws ScenarioError if it says something that cannot be meant
   * @throws UsageError if it cannot be read
   */
  public static Config read(Path file, @Nullable URI typed) {
    try {
      return parse(file.toString(), Files.readString(file), typed);
    } catch (NoSuchFileException e) {
      throw new UsageError(file + ": no such file; give --config an existing one");
    } catch (IOException e) {
      throw new UsageError(file + ": cannot be read: " + e.getMessage());
    }
  }

  static Config parse(String name, String text) {
    return parse(name, text, null);
  }

  private static Config parse(String name, String text, @Nullable URI typed) {
    Map<String, Yaml> fields = Yaml.read(name, text).map(KEYS);
    Map<String, Yaml> target = section(fields, "target", TARGET_KEYS);
    Port port = new Port(typed);
    URI url = typed == null ? url(target, port) : typed;
    return new Config(
        url,
        http(target.get("http"), port),
        stimuli(section(fields, "stimuli", words())),
        budgets(section(fields, "budgets", Budgets.names())),
        MoreYaml.of(Path.of(name), fields, target, port));
  }

  private static Map<String, Yaml> section(
      Map<String, Yaml> fields, String name, List<String> known) {
    Yaml section = fields.get(name);
    return section == null ? Map.of() : section.map(known);
  }

  private static @Nullable URI url(Map<String, Yaml> target, Port port) {
    Yaml value = target.get("url");
    Yaml start = target.get("start");
    if (value == null) {
      return start == null ? null : urlOf(start, target.get("env"), port);
    }
    if (start == null && value.text().contains(Port.WORD)) {
      throw value.error(Port.WORD + " is the port of a server that Holdfast starts: give start");
    }
    try {
      URI url = TargetUrl.parse(port.in(value.text()));
      port.isOf(url);
      return url;
    } catch (UsageError e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }

  /** A server that is told its port listens there. */
  private static URI urlOf(Yaml start, @Nullable Yaml env, Port port) {
    boolean told = start.list().stream().anyMatch(word -> word.text().contains(Port.WORD));
    boolean toldByEnv =
        env != null && env.anyMap().values().stream().anyMatch(v -> v.text().contains(Port.WORD));
    if (!told && !toldByEnv) {
      throw start.error(
          "where does this server listen? Give url beside start, or write "
              + Port.WORD
              + " where the command takes its port");
    }
    return TargetUrl.parse(port.in("ws://127.0.0.1:" + Port.WORD));
  }

  private static @Nullable URI http(@Nullable Yaml value, Port port) {
    if (value == null) {
      return null;
    }
    String text = port.in(value.text());
    if (!text.matches("https?://[^/?#]+/?")) {
      throw value.error("expected an HTTP address, as in http://127.0.0.1:8001");
    }
    return URI.create(text);
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
