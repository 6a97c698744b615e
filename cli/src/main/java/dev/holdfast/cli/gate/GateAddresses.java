package dev.holdfast.cli.gate;

import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.ServerCases;
import dev.holdfast.scenarios.model.Scenario;
import java.util.List;
import java.util.stream.Stream;

/** The address of everything that a gate may find, so that a line for it is no mistake. */
public final class GateAddresses {
  /** What is neither a case nor a scenario. */
  private static final List<String> OTHERS =
      List.of(
          "rollout/share-is-binomial",
          "rollout/sticky",
          "rollout/by-flag-and-user",
          "rollout/monotonic",
          "rollout/kill-switch-loses-nothing",
          "rollout/cohort-is-no-worse",
          "load/every-conversation-holds",
          "load/everybody-comes-back",
          "audit/chain-is-sound",
          "audit/each-event-has-one-entry",
          "audit/each-entry-has-a-cause");

  private GateAddresses() {}

  /** All of them, whatever the depth of the gate. */
  public static List<String> all() {
    return Stream.of(
            ServerCases.ALL.stream().map(Case::address),
            ChaosScenarios.ALL.stream().map(Scenario::name),
            OTHERS.stream())
        .flatMap(a -> a)
        .toList();
  }
}
