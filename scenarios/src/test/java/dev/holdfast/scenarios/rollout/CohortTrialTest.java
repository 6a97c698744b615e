package dev.holdfast.scenarios.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.scenarios.rollout.CohortJudge.Advice;
import dev.holdfast.scenarios.rollout.CohortJudge.Judgement;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.ScriptedAgent;
import dev.holdfast.server.misbehaviour.Misbehaviour;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

class CohortTrialTest {
  private static Judgement judged(ServerOptions.Builder options, long timeoutMs)
      throws IOException, InterruptedException {
    try (ReferenceServer server =
        ReferenceServer.start(options.agent(ScriptedAgent.instant()).build())) {
      return new CohortTrial(
              URI.create(server.wsUrl()), URI.create(server.httpUrl()), "Create a story")
          .play(new CohortTrial.Plan(5, 600, 5_000, timeoutMs), new CohortJudge(0.05, 0.02), "t");
    }
  }

  @Test
  void theReferenceAnswersAlikeOverBothAndIsAdvanced() throws Exception {
    Judgement judgement = judged(ServerOptions.builder(), 10_000);
    assertEquals(Advice.ADVANCE, judgement.advice(), judgement::toString);
    assertTrue(judgement.failures().high() < 0.02, judgement::toString);
  }

  @Test
  void aServerThatFailsOverTheSocketOnlyIsRolledBack() throws Exception {
    Judgement judgement =
        judged(ServerOptions.builder().misbehaviour(Misbehaviour.named("empty-answers")), 500);
    assertEquals(Advice.ROLL_BACK, judgement.advice(), judgement::toString);
  }
}
