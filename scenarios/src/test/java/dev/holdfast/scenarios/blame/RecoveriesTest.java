package dev.holdfast.scenarios.blame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Recovery;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.world.WorldRun;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a conversation comes back is measured, and its interval is Student's. */
class RecoveriesTest {

  @Test
  void herdHasASpreadAndAFirstAnswer() {
    Scenario herd =
        ChaosScenarios.ALL.stream()
            .filter(s -> s.name().equals("one-of-three-is-cut"))
            .findFirst()
            .orElseThrow();
    List<Recovery> figures =
        WorldRun.reference(Profile.CORE).play(herd, 7, "").finding().account().recovery();
    assertEquals(
        List.of("heal_to_first_answer", "in_doubt"),
        figures.stream().map(Recovery::name).limit(2).toList());
    assertTrue(figures.get(0).value() > 0, figures::toString);
  }

  @Test
  void intervalOverRepeatsIsThatOfTheMean() {
    List<Recovery> merged =
        Recoveries.over(List.of(List.of(one(100)), List.of(one(120)), List.of(one(140))));
    Recovery r = merged.get(0);
    assertEquals(120, r.value(), 1e-9);
    // t(2, 97.5 %) = 4.303, standard error 20/√3
    assertEquals(120 - 49.69, r.low(), 0.01);
    assertEquals(120 + 49.69, r.high(), 0.01);
    assertEquals(3, r.samples());
  }

  /** From a table of Student's t: 11, 30, 40 and 120 degrees of freedom. */
  @Test
  void quantilesAreStudentsHoweverManyRepeats() {
    assertEquals(2.201, Recoveries.quantile(11), 0.0005);
    assertEquals(2.042, Recoveries.quantile(30), 0.0005);
    assertEquals(2.021, Recoveries.quantile(40), 0.0005);
    assertEquals(1.980, Recoveries.quantile(120), 0.0005);
  }

  /** A swallowed pong is over once it is swallowed; what comes next is the recovery. */
  @Test
  void faultWithoutDurationIsHealedAsItStrikes() {
    for (String name : List.of("pong-swallowed", "clock-skew", "reordered-frames")) {
      Scenario scenario =
          ChaosScenarios.ALL.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
      List<Recovery> figures =
          WorldRun.reference(Profile.RESUME).play(scenario, 7, "").finding().account().recovery();
      assertEquals("heal_to_first_answer", figures.get(0).name(), name + figures);
    }
  }

  @Test
  void singleValueHasNoInterval() {
    assertEquals(100, Recoveries.over(List.of(List.of(one(100)))).get(0).low());
  }

  private static Recovery one(double value) {
    return new Recovery("heal_to_first_answer", "ms", value, value, value, 1);
  }
}
