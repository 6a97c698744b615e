package dev.holdfast.scenarios.load;

import dev.holdfast.proxy.toxic.Kind;
import dev.holdfast.proxy.toxic.Toxics;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.world.FaultKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The faults that a scenario may name: a link or a server that is down, what the proxy has, and
 * what only the simulated world has.
 */
final class Faults {
  static final Set<String> NAMES =
      Stream.concat(
              Stream.concat(
                  Stream.of("down", Scenario.SIGKILL, Scenario.SIGTERM, Scenario.SIGSTOP),
                  FaultKind.words().stream()),
              Toxics.ALL.all().map(Kind::name))
          .collect(Collectors.toUnmodifiableSet());

  /** How bad a fault of the simulated world is; each reads it in its own way. */
  private static final String SIZE = "size";

  private static final long MAX_NUMBER = 1L << 53;
  private static final List<String> STREAMS = List.of("upstream", "downstream", "both");

  private Faults() {}

  /** A fault's arguments: each one that it has, and of its kind. */
  static Map<String, Object> args(String fault, @Nullable Yaml given) {
    Map<String, Object> args = new LinkedHashMap<>();
    if (given == null) {
      return args;
    }
    Map<String, Object> defaults = Toxics.ALL.any(fault).map(Kind::defaults).orElse(Map.of());
    List<String> known = new ArrayList<>(List.of("stream", "toxicity", "connections", SIZE));
    known.addAll(defaults.keySet());
    given.map(known).forEach((name, value) -> args.put(name, arg(name, value, defaults)));
    return args;
  }

  /** Whether a fault can be one person's alone. */
  static boolean strikesOne(String fault) {
    FaultKind kind = FaultKind.of(fault);
    return kind == null ? !Scenario.OF_SERVER.contains(fault) : kind.strikesOne();
  }

  private static Object arg(String name, Yaml value, Map<String, Object> defaults) {
    Object otherwise = defaults.get(name);
    if (otherwise == null) {
      return switch (name) {
        case "stream" -> value.word(STREAMS, "stream");
        case "toxicity" -> value.decimal(0, 1);
        case SIZE -> value.number(0, MAX_NUMBER);
        default -> value.number(1, MAX_NUMBER);
      };
    }
    return switch (otherwise) {
      case Boolean b -> value.flag();
      case String s -> value.text();
      default -> value.number(0, MAX_NUMBER);
    };
  }
}
