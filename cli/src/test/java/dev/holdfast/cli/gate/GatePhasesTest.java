package dev.holdfast.cli.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.Case;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which stages of a gate meet the subject at the same time. */
class GatePhasesTest {
  private static Stream<Case> cases(Gate.Phase phase) {
    return phase.lanes().stream()
        .flatMap(List::stream)
        .filter(ConformanceStage.class::isInstance)
        .flatMap(stage -> ((ConformanceStage) stage).cases(Profile.RESUME).stream());
  }

  private static boolean playsRollout(Gate.Phase phase) {
    return phase.lanes().stream().flatMap(List::stream).anyMatch(RolloutStage.class::isInstance);
  }

  /** They restart the subject, and the census and the trial would find it gone. */
  @ParameterizedTest
  @EnumSource(Depth.class)
  void noCaseThatWantsTheSubjectToItselfIsPlayedBesideAnything(Depth depth) {
    List<Gate.Phase> phases = Gate.phases(depth);

    assertEquals(1, phases.stream().filter(GatePhasesTest::playsRollout).count());
    for (Gate.Phase phase : phases) {
      boolean company = phase.lanes().size() > 1;
      assertFalse(company && cases(phase).anyMatch(c -> c.turn() == Case.Turn.ALONE));
    }
  }

  @Test
  void aFullGatePlaysThemAfterwards() {
    assertTrue(
        Gate.phases(Depth.FULL).stream()
            .flatMap(GatePhasesTest::cases)
            .anyMatch(c -> c.turn() == Case.Turn.ALONE));
  }
}
