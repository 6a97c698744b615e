package dev.holdfast.scenarios.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.persona.Action;
import dev.holdfast.scenarios.chaos.Answers.Shape;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.Trigger;
import dev.holdfast.scenarios.model.Settings;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Faults strike at frames that the target really sends, and waits allow for its answers. */
class AimTest {
  private static final List<String> GREETING = List.of("status");

  private static Shape shape(String types, Long... atMs) {
    return new Shape(GREETING, List.of(types.split(" ", -1)), List.of(atMs));
  }

  private static final Shape QUICK = shape("status message", 1L, 2L);

  private static Scenario aimed(String scenario, Shape slow, Shape plain) throws Exception {
    Map<Stimulus, Shape> shapes = Map.of(Stimulus.SLOW, slow, Stimulus.PLAIN, plain);
    return new Aim(kind -> Objects.requireNonNull(shapes.get(kind))).at(named(scenario));
  }

  private static Scenario named(String name) {
    return ChaosScenarios.ALL.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static Trigger trigger(Scenario scenario) {
    return Objects.requireNonNull(scenario.faults().getFirst().trigger());
  }

  @Test
  void leavesAScenarioForATargetThatSendsWhatTheReferenceDoesAsItIsWritten() throws Exception {
    String types = "status status status tool_execution tool_execution tool_execution message";
    Shape reference = shape(types, 200L, 400L, 600L, 800L, 1_000L, 1_400L, 1_410L);
    for (Scenario scenario : ChaosScenarios.ALL) {
      Scenario aimed = aimed(scenario.name(), reference, shape(types, 1L, 2L, 3L, 4L, 5L, 6L, 7L));
      assertEquals(scenario.faults(), aimed.faults(), scenario.name());
    }
  }

  /** A server without tools: the cut falls into the middle of what it does send. */
  @Test
  void cutsInTheMiddleOfAnAnswerWithoutTools() throws Exception {
    Shape noTools = shape("status status status message", 200L, 600L, 1_000L, 1_500L);
    assertEquals(new Trigger("ana", "status", 3), trigger(aimed("cut-mid-run", noTools, QUICK)));
  }

  @Test
  void aimsAtTheEndOfAStreamedAnswerAndNotAtItsFirstPiece() throws Exception {
    Shape pieces = shape("status message message message", 1L, 2L, 3L, 4L);
    assertEquals(
        new Trigger("ana", "message", 3), trigger(aimed("cut-at-the-answer", QUICK, pieces)));
  }

  @Test
  void saysThatNothingCanBeCutInAnAnswerOfOneFrame() {
    Shape bare = shape("message", 1_500L);
    var unmet =
        assertThrows(Settings.Unmet.class, () -> aimed("cut-mid-run", bare, shape("message", 5L)));
    assertTrue(unmet.need().startsWith("the target sends no frame between"), unmet::need);
  }

  @Test
  void saysThatNothingCanBeCutInOneBurst() {
    Shape burst = shape("status tool_execution message", 1_500L, 1_501L, 1_502L);
    var unmet = assertThrows(Settings.Unmet.class, () -> aimed("cut-mid-run", burst, QUICK));
    assertEquals(
        "the target sends all frames of an answer within 2 ms, so no fault can strike between them",
        unmet.need());
  }

  /** What happens at a time needs a run at that time. */
  @Test
  void saysThatNothingCanHappenInTheRunOfAQuickTarget() {
    Shape quick = shape("status status message", 1L, 2L, 150L);
    for (String name : List.of("flapping-link", "clock-skew", "heartbeat-during-a-run")) {
      var unmet = assertThrows(Settings.Unmet.class, () -> aimed(name, quick, QUICK), name);
      assertTrue(unmet.need().contains("come after 1 to 150 ms"), unmet::need);
    }
  }

  /** A target that begins late is struck later, and the script waits as much longer. */
  @Test
  void strikesLaterWhereTheAnswerBeginsLater() throws Exception {
    Scenario aimed = aimed("flapping-link", shape("status message", 3_000L, 4_000L), QUICK);
    assertEquals(3_200, aimed.faults().getFirst().atMs());
    var ana = Objects.requireNonNull(aimed.people().get("ana"));
    assertEquals(new Action.Pause(4_800), ana.actions().get(1));
  }

  @Test
  void letsACutAtATimeMeetTheRunOfASlowTarget() throws Exception {
    Shape slow = shape("status status message", 900L, 1_800L, 2_400L);
    assertEquals(4, aimed("flapping-link", slow, QUICK).faults().size());
  }

  @Test
  void aimsArgumentsOfFrameFaultsToo() throws Exception {
    Shape noTools = shape("status status message", 200L, 600L, 1_500L);
    Scenario aimed = aimed("corrupted-frame", noTools, QUICK);
    assertEquals("status", aimed.faults().getFirst().args().get("type"));
    assertEquals(2L, aimed.faults().getFirst().args().get("nth"));
  }

  @Test
  void waitsAsMuchLongerAsTheAnswersAre() throws Exception {
    Shape slow = shape("status message", 3_000L, 30_000L);
    Scenario aimed = aimed("clock-skew", slow, QUICK);
    Action.Expect expect =
        (Action.Expect) Objects.requireNonNull(aimed.people().get("ana")).actions().get(1);
    assertEquals(20_000 + 60_000, expect.withinMs());
  }

  @Test
  void asksNoSlowTargetForAHundredAnswers() {
    Shape slow = shape("status message", 800L, 2_400L);
    assertThrows(
        Settings.Unmet.class, () -> aimed("hundred-wait-through-four-attempts", slow, slow));
  }
}
