package dev.holdfast.scenarios.chaos;

import dev.holdfast.scenarios.load.ScenarioReader;
import dev.holdfast.scenarios.model.Scenario;
import java.util.List;
import java.util.stream.Stream;

/** The chaos scenarios that come with Holdfast, one idea each. */
public final class ChaosScenarios {
  public static final List<Scenario> ALL =
      Stream.of(
              "cut-before-the-first-hello",
              "cut-at-clarification",
              "cut-at-planning",
              "cut-mid-run",
              "cut-at-the-tools-end",
              "cut-at-the-answer",
              "flapping-link",
              "half-open",
              "slow-link",
              "one-of-three-is-cut",
              "accepts-and-says-nothing",
              "refused-with-retry-after",
              "rate-limited-with-retry-after",
              "pong-swallowed",
              "hundred-wait-through-four-attempts",
              "outage-of-thirty-seconds",
              "outage-beyond-retention",
              "death-during-replay",
              "second-connection",
              "clock-skew",
              "slow-consumer",
              "duplicate-delivery",
              "reordered-frames",
              "corrupted-frame",
              "killed-mid-run",
              "killed-and-restored",
              "stopped-and-continued",
              "ended-in-mid-run",
              "kill-switch-in-mid-run",
              "heartbeat-during-a-run",
              "herd-of-300",
              "tabs-in-step",
              "presence-after-a-loss",
              "push-while-away")
          .map(name -> ScenarioReader.resource("/scenarios/chaos/" + name + ".yaml"))
          .toList();

  private ChaosScenarios() {}
}
