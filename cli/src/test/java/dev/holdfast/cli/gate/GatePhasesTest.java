package dev.holdfast.cli.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.ServerCases;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    for (boolean reference : new boolean[] {true, false}) {
      List<Gate.Phase> phases = Gate.phases(depth, reference);

      assertEquals(1, phases.stream().filter(GatePhasesTest::playsRollout).count());
      for (Gate.Phase phase : phases) {
        boolean company = phase.lanes().size() > 1;
        assertFalse(company && cases(phase).anyMatch(c -> c.turn() == Case.Turn.ALONE));
      }
    }
  }

  /** What {@code check server --level must} fails, no gate of another target passes. */
  @ParameterizedTest
  @EnumSource(Depth.class)
  void everyCaseThatMustHoldIsPlayedOfATargetThatIsNotTheReference(Depth depth) {
    Set<Case> played =
        Gate.phases(depth, false).stream()
            .flatMap(GatePhasesTest::cases)
            .collect(Collectors.toSet());
    for (Case one : ServerCases.of(Profile.RESUME)) {
      assertTrue(one.level() != Level.MUST || played.contains(one), one::address);
    }
  }

  @Test
  void aFullGatePlaysThemAfterwards() {
    assertTrue(
        Gate.phases(Depth.FULL, true).stream()
            .flatMap(GatePhasesTest::cases)
            .anyMatch(c -> c.turn() == Case.Turn.ALONE));
  }
}
