package dev.holdfast.protocol.rules;

import java.util.List;
import java.util.stream.Stream;

/** Every rule of profile resume, by subject. */
public final class Rules {
  public static final List<Rule> ALL =
      Stream.of(
              HelloRules.ALL,
              PositionRules.ALL,
              ReceivingRules.ALL,
              ResumedRules.ALL,
              ResetRules.ALL,
              CapabilityRules.ALL,
              TogetherRules.ALL,
              TogetherClientRules.ALL)
          .flatMap(List::stream)
          .toList();

  private Rules() {}
}
