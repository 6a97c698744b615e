package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.Measure;
import dev.holdfast.scenarios.check.Premise;
import dev.holdfast.scenarios.model.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On the reference the situation of every scenario arises, and its history proves it. */
class PremisesProvenTest {
  private static final int SEEDS = 3;

  @Test
  void everyScenarioSaysItsPremiseAndProvesItByItsFaultsOrByItsHistory() {
    for (Scenario scenario : ChaosScenarios.ALL) {
      String says = scenario.premise().says();
      assertTrue(says.endsWith(".") && says.indexOf(".") == says.length() - 1, scenario.name());
      boolean struck = scenario.expect().contains(Checkers.EVERY_FAULT_FIRED);
      assertTrue(struck || !scenario.premise().needs().isEmpty(), scenario.name());
      assertEquals(!scenario.faults().isEmpty(), struck, scenario.name());
    }
  }

  /** With needs that no history shows, no scenario is judged. */
  @Test
  void withoutItsPremiseNoScenarioIsJudged() {
    for (Scenario scenario : ChaosScenarios.ALL) {
      Premise more = new Premise("More happened.", Map.of(Measure.DIALLED_AGAIN.word(), 100_000L));
      for (Profile profile : Profile.values()) {
        if (scenario.appliesTo(profile)) {
          Finding finding =
              WorldRun.reference(profile).play(scenario.supposing(more), 1, "").finding();
          assertEquals(Verdict.INCONCLUSIVE, finding.verdict(), scenario.name());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyScenarioProvesItsPremiseOnTheReference(Profile profile) {
    List<String> open = new ArrayList<>();
    for (Scenario scenario : ChaosScenarios.ALL) {
      for (int seed = 1; seed <= SEEDS && scenario.appliesTo(profile); seed++) {
        Finding finding = WorldRun.reference(profile).play(scenario, seed, "").finding();
        if (finding.verdict() != Verdict.PASS) {
          open.add(scenario.name() + ": " + finding.seen());
        }
      }
    }
    assertEquals(List.of(), open);
  }
}
