package dev.holdfast.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.scenarios.load.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What counts for one server, and where each value came from: flag, environment, file, default. */
final class Settings {

  /** A value and its source, in words. */
  record Found(String value, String from) {}

  private final Map<Setting, Found> found = new EnumMap<>(Setting.class);

  /**
   * Settles every setting.
   *
   * @param flags what the command line says, by setting
   * @param file a YAML file whose section {@code server} counts; null for none
   * @throws UsageError if a value cannot be meant: names it, its source and what may be
   */
  static Settings of(Map<Setting, String> flags, Map<String, String> env, @Nullable Path file) {
    Map<String, Yaml> section = file == null ? Map.of() : section(file);
    Settings settings = new Settings();
    for (Setting setting : Setting.values()) {
      settings.settle(setting, flags.get(setting), env.get(setting.env()), section, file);
    }
    return settings;
  }

  private static Map<String, Yaml> section(Path file) {
    try {
      Yaml root = Yaml.read(file.toString(), Files.readString(file));
      Yaml server = root.anyMap().get("server");
      return server == null ? Map.of() : server.map(Setting.keys());
    } catch (IOException e) {
      throw new UsageError(file + ": cannot be read; give --config an existing file");
    }
  }

  private void settle(
      Setting setting,
      @Nullable String flag,
      @Nullable String env,
      Map<String, Yaml> section,
      @Nullable Path file) {
    Yaml inFile = section.get(setting.key());
    String standard = setting.standard();
    if (flag != null) {
      put(setting, flag, setting.option() + " " + flag, "flag " + setting.option());
    } else if (env != null && !env.isEmpty()) {
      put(setting, env, setting.env() + "=" + env, "environment " + setting.env());
    } else if (inFile != null) {
      String at = file + ":" + inFile.line();
      put(setting, inFile.text(), at + ": " + setting.key() + ": " + inFile.text(), "file " + at);
    } else if (standard != null) {
      found.put(setting, new Found(standard, "default"));
    }
  }

  private void put(Setting setting, String value, String typed, String from) {
    if (!setting.kind().fits(value)) {
      throw new UsageError(typed + ": expected " + setting.kind().range());
    }
    found.put(setting, new Found(value, from));
  }

  @Nullable String text(Setting setting) {
    Found value = found.get(setting);
    return value == null ? null : value.value();
  }

  String required(Setting setting) {
    String value = text(setting);
    if (value == null) {
      throw new UsageError(setting.option() + " is missing: expected " + setting.kind().range());
    }
    return value;
  }

  long number(Setting setting) {
    return Long.parseLong(required(setting));
  }

  int small(Setting setting) {
    return Math.toIntExact(number(setting));
  }

  boolean flag(Setting setting) {
    return Kind.Flag.isYes(required(setting));
  }

  @Nullable Path path(Setting setting) {
    String value = text(setting);
    return value == null ? null : Path.of(value);
  }

  /** Each setting with its value and where it came from, as JSON. */
  String print() {
    ObjectNode all = JsonFormat.MAPPER.createObjectNode();
    for (Setting setting : Setting.values()) {
      Found value = found.get(setting);
      all.putObject(setting.key())
          .put("value", value == null ? null : value.value())
          .put("from", value == null ? "not set" : value.from());
    }
    return JsonFormat.pretty(all).stripTrailing();
  }
}
