package dev.holdfast.scenarios.chaos;

import dev.holdfast.scenarios.load.ScenarioReader;
import dev.holdfast.scenarios.model.Scenario;
import java.util.List;
import java.util.stream.Stream;

/** The chaos scenarios that come with Holdfast, one idea each. */
public final class ChaosScenarios {
  public static final List<Scenario> ALL =
      Stream.of(
              "cut-mid-run",
              "hundred-wait-through-four-attempts",
              "half-open",
              "killed-mid-run",
              "outage-of-thirty-seconds",
              "tabs-in-step",
              "presence-after-a-loss",
              "push-while-away")
          .map(name -> ScenarioReader.resource("/scenarios/chaos/" + name + ".yaml"))
          .toList();

  private ChaosScenarios() {}
}
