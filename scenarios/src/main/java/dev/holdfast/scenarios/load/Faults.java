package dev.holdfast.scenarios.load;

import dev.holdfast.proxy.toxic.Kind;
import dev.holdfast.proxy.toxic.Toxics;
import dev.holdfast.scenarios.model.Scenario;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The faults that a scenario may name: a link or a server that is down, and what the proxy has. */
final class Faults {
  static final Set<String> NAMES =
      Stream.concat(Stream.of("down", Scenario.SIGKILL), Toxics.ALL.all().map(Kind::name))
          .collect(Collectors.toUnmodifiableSet());

  private Faults() {}
}
