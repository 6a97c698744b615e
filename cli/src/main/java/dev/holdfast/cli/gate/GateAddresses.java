package dev.holdfast.cli.gate;

import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.ServerCases;
import dev.holdfast.scenarios.model.Drill;
import dev.holdfast.scenarios.model.Scenario;
import java.util.List;
import java.util.stream.Stream;

/** The address of everything that a gate may find, so that a line for it is no mistake. */
public final class GateAddresses {
  private GateAddresses() {}

  /** All of them, whatever the depth of the gate. */
  public static List<String> all() {
    return Stream.of(
            ServerCases.ALL.stream().map(Case::address),
            ChaosScenarios.ALL.stream().map(Scenario::name),
            Drill.ALL.stream().map(Drill::address))
        .flatMap(a -> a)
        .toList();
  }
}
