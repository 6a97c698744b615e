package dev.holdfast.cli.serve;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.scenarios.load.Yaml;
import dev.holdfast.server.agent.Rules;
import dev.holdfast.server.agent.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rules of a scripted agent; what cannot be meant is told with file, line, column. */
final class RuleFile {
  private static final List<String> KEYS = List.of("seed", "rules");
  private static final List<String> RULE_KEYS =
      List.of("when", "slow_ms", "tools", "tokens", "fail");
  private static final long DEFAULT_SEED = 1;
  private static final long DEFAULT_MS = 30;

  private RuleFile() {}

  static Rules read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UsageError("--script " + file + ": cannot be read; give an existing file");
    }
  }

  static Rules parse(String name, String text) {
    Yaml root = Yaml.read(name, text);
    Map<String, Yaml> fields = root.map(KEYS);
    List<Rules.Rule> rules = new ArrayList<>();
    for (Yaml rule : root.required(fields, "rules").list()) {
      rules.add(rule(rule.map(RULE_KEYS)));
    }
    return new Rules(number(fields.get("seed"), DEFAULT_SEED, Long.MAX_VALUE), rules);
  }

  /** {@code slow_ms: 40} or {@code slow_ms: [20, 80]}, of which one is drawn. */
  private static Rules.Rule rule(Map<String, Yaml> fields) {
    Yaml slow = fields.get("slow_ms");
    Yaml when = fields.get("when");
    Yaml fail = fields.get("fail");
    boolean drawn = slow != null && slow.isList();
    List<Yaml> bounds = slow != null && drawn ? slow.list() : List.of();
    if (slow != null && drawn && bounds.size() != 2) {
      throw slow.error("expected two bounds, as in [20, 80]");
    }
    long least = number(drawn ? bounds.get(0) : slow, DEFAULT_MS, Script.MAX_SLOW_MS);
    long most = drawn ? bounds.get(1).number(least, Script.MAX_SLOW_MS) : least;
    return new Rules.Rule(
        when == null ? "" : when.text(),
        least,
        most,
        (int) number(fields.get("tools"), 1, Script.MAX_TOOLS),
        (int) number(fields.get("tokens"), 0, Script.MAX_TOKENS),
        fail == null ? 0 : fail.decimal(0, 1));
  }

  private static long number(@Nullable Yaml value, long standard, long most) {
    return value == null ? standard : value.number(0, most);
  }
}
