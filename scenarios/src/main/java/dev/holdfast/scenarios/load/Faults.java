package dev.holdfast.scenarios.load;

import dev.holdfast.proxy.toxic.Kind;
import dev.holdfast.proxy.toxic.Toxics;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The faults that a scenario may name: a link that is down, and whatever the fault proxy has. */
final class Faults {
  static final Set<String> NAMES =
      Stream.concat(Stream.of("down"), Toxics.ALL.all().map(Kind::name))
          .collect(Collectors.toUnmodifiableSet());

  private Faults() {}
}
