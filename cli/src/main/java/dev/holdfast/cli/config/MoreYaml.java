package dev.holdfast.cli.config;

import dev.holdfast.client.access.Trust;
import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.audit.AuditMapping;
import dev.holdfast.scenarios.load.Yaml;
import dev.holdfast.scenarios.model.Dialect;
import dev.holdfast.scenarios.model.Target.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what only some say of their server: how it is started, what more it speaks, its words. */
final class MoreYaml {
  private static final List<String> CAPABILITIES =
      List.of("tokens", "cancel", "sync", "presence", "push");
  private static final List<String> DIALECT = List.of("types", "fields", "data", "status", "paths");

  private static final List<String> ROLLOUT =
      List.of("command", "percent", "late_ms", "answer_timeout_ms", "answers", "trial_within_ms");

  /** As long as anybody waits for an answer. */
  private static final long LONGEST_ANSWER_MS = 600_000;

  private static final long LONGEST_TRIAL_MS = 3_600_000;

  /** Fewer decide nothing, more are not kept for the report. */
  private static final long FEWEST_ANSWERS = 100;

  private static final long MOST_ANSWERS = 10_000;

  private MoreYaml() {}

  /** Paths in the file are taken from where the file is. */
  static Config.More of(Path file, Map<String, Yaml> fields, Map<String, Yaml> target, Port port) {
    Yaml audit = target.get("audit");
    List<String> start = texts(target.get("start"));
    Config.Rollout rollout = rollout(fields.get("rollout"));
    boolean commands = !start.isEmpty() || !rollout.command().isEmpty();
    return new Config.More(
        profile(fields.get("profile")),
        capabilities(fields.get("capabilities")),
        start,
        words(target.get("env")),
        address(target.get("ready"), port),
        headers(target.get("headers")),
        ca(file, target.get("tls")),
        patience(target.get("patience_ms")),
        commands ? folder(file) : null,
        audit == null ? null : file.resolveSibling(audit.text()),
        endpoints(target.get("endpoints"), target.containsKey("http")),
        mapping(file, target.get("audit_mapping")),
        dialect(file, target.get("dialect")),
        rollout);
  }

  /** Without a word on endpoints an HTTP address declares no more than {@code /health}. */
  private static Set<Endpoint> endpoints(@Nullable Yaml value, boolean http) {
    if (value == null) {
      return Set.of(Endpoint.HEALTH);
    }
    if (!http) {
      throw value.error("endpoints need an address; expected target.http beside them");
    }
    if (!value.isList()) {
      if (!value.text().equals("all")) {
        throw value.error("expected a list of paths, or all");
      }
      return Set.of(Endpoint.values());
    }
    Set<Endpoint> endpoints = EnumSet.noneOf(Endpoint.class);
    value
        .list()
        .forEach(path -> endpoints.add(Endpoint.at(path.word(Endpoint.paths(), "endpoint"))));
    return endpoints;
  }

  private static Config.Rollout rollout(@Nullable Yaml value) {
    if (value == null) {
      return Config.Rollout.UNSAID;
    }
    Map<String, Yaml> said = value.map(ROLLOUT);
    Yaml percent = said.get("percent");
    if (said.containsKey("command") && percent == null) {
      throw value.error("a command does not say the share; expected percent beside it");
    }
    return new Config.Rollout(
        texts(said.get("command")),
        percent == null ? null : percent.decimal(0, 100),
        trial(value, said));
  }

  private static Config.Trial trial(Yaml section, Map<String, Yaml> said) {
    Config.Trial usual = Config.Trial.USUAL;
    Config.Trial trial =
        new Config.Trial(
            number(said.get("late_ms"), 1, LONGEST_ANSWER_MS, usual.lateMs()),
            number(said.get("answer_timeout_ms"), 1, LONGEST_ANSWER_MS, usual.answerTimeoutMs()),
            (int) number(said.get("answers"), FEWEST_ANSWERS, MOST_ANSWERS, usual.answers()),
            number(said.get("trial_within_ms"), 1_000, LONGEST_TRIAL_MS, usual.withinMs()));
    if (trial.lateMs() > trial.answerTimeoutMs()) {
      throw section.error(
          String.format(
              Locale.ROOT,
              "an answer cannot be late after %d ms where it has failed after %d; expected late_ms up to answer_timeout_ms",
              trial.lateMs(),
              trial.answerTimeoutMs()));
    }
    return trial;
  }

  private static long number(@Nullable Yaml value, long least, long most, long otherwise) {
    return value == null ? otherwise : value.number(least, most);
  }

  private static Profile profile(@Nullable Yaml value) {
    return value == null
        ? Profile.CORE
        : Profile.valueOf(
            value.word(List.of("core", "resume"), "profile").toUpperCase(Locale.ROOT));
  }

  private static Set<String> capabilities(@Nullable Yaml value) {
    Set<String> capabilities = new LinkedHashSet<>();
    if (value != null) {
      value.list().forEach(one -> capabilities.add(one.word(CAPABILITIES, "capability")));
    }
    return capabilities;
  }

  private static List<String> texts(@Nullable Yaml value) {
    return value == null ? List.of() : value.list().stream().map(Yaml::text).toList();
  }

  private static Map<String, String> words(@Nullable Yaml value) {
    Map<String, String> words = new LinkedHashMap<>();
    if (value != null) {
      value.anyMap().forEach((name, word) -> words.put(name, word.text()));
    }
    return words;
  }

  private static @Nullable URI address(@Nullable Yaml value, Port port) {
    if (value == null) {
      return null;
    }
    String text = port.in(value.text());
    if (!text.matches("https?://\\S+")) {
      throw value.error("expected an HTTP address, as in http://127.0.0.1:8001/health");
    }
    return URI.create(text);
  }

  private static Map<String, String> headers(@Nullable Yaml value) {
    Map<String, String> headers = words(value);
    headers.forEach((name, text) -> {
      boolean fits = name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") && text.matches("[ -~]*");
      if (!fits && value != null) {
        throw value.error("'" + name + "' cannot be sent; expected a name and a value of ASCII");
      }
    });
    return headers;
  }

  private static @Nullable Path ca(Path file, @Nullable Yaml value) {
    Yaml ca = value == null ? null : value.map(List.of("ca")).get("ca");
    if (ca == null) {
      return null;
    }
    Path pem = file.resolveSibling(ca.text()).toAbsolutePath();
    try {
      new Trust(pem, false).context();
      return pem;
    } catch (IOException e) {
      throw ca.error("this file cannot be used: " + e.getMessage());
    }
  }

  private static @Nullable Long patience(@Nullable Yaml value) {
    return value == null ? null : value.number(1_000, LONGEST_ANSWER_MS);
  }

  private static @Nullable Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }

  private static AuditMapping mapping(Path file, @Nullable Yaml value) {
    if (value == null) {
      return AuditMapping.STANDARD;
    }
    try {
      return AuditMapping.read(file.resolveSibling(value.text()));
    } catch (IOException e) {
      throw value.error("this file cannot be read: " + e.getMessage());
    }
  }

  private static Dialect dialect(Path file, @Nullable Yaml value) {
    if (value == null) {
      return Dialect.NONE;
    }
    Path path = file.resolveSibling(value.text());
    try {
      Map<String, Yaml> fields = Yaml.read(path.toString(), Files.readString(path)).map(DIALECT);
      return new Dialect(
          words(fields.get("types")),
          words(fields.get("fields")),
          words(fields.get("data")),
          words(fields.get("status")),
          words(fields.get("paths")));
    } catch (IOException e) {
      throw value.error("this file cannot be read: " + e.getMessage());
    }
  }
}
