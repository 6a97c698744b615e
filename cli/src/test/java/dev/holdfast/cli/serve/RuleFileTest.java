package dev.holdfast.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.scenarios.load.ScenarioError;
import dev.holdfast.server.agent.AgentRequest;
import dev.holdfast.server.agent.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RuleFileTest {
  private static final String RULES =
      """
      seed: 7
      rules:
        - {when: epic, slow_ms: [0, 2], tools: 2}
        - {when: flaky, slow_ms: 0, tools: 0, fail: 0.5}
        - {slow_ms: 0, tools: 0, tokens: 3}
      """;

  private static List<AgentEvent> played(Rules rules, String content) throws InterruptedException {
    List<AgentEvent> events = new ArrayList<>();
    CountDownLatch ended = new CountDownLatch(1);
    rules.start(
        new AgentRequest("r", "m", "s", content, List.of()),
        event -> {
          events.add(event);
          if (event instanceof AgentEvent.Answer || event instanceof AgentEvent.Failed) {
            ended.countDown();
          }
        });
    assertTrue(ended.await(2, TimeUnit.MINUTES));
    return events;
  }

  private static long count(List<AgentEvent> events, Class<? extends AgentEvent> kind) {
    return events.stream().filter(kind::isInstance).count();
  }

  private static String outcomes(Rules rules) throws InterruptedException {
    StringBuilder outcomes = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      outcomes.append(count(played(rules, "flaky"), AgentEvent.Failed.class));
    }
    return outcomes.toString();
  }

  @Test
  void theFirstRuleThatFitsCounts() throws Exception {
    Rules rules = RuleFile.parse("rules.yaml", RULES);
    assertTrue(count(played(rules, "make an epic"), AgentEvent.Tool.class) >= 2);
    assertEquals(0, count(played(rules, "anything"), AgentEvent.Tool.class));
    assertEquals(3, count(played(rules, "anything"), AgentEvent.Delta.class));
  }

  @Test
  void theSameSeedFailsTheSameRunsAndOnlySome() throws Exception {
    String outcomes = outcomes(RuleFile.parse("rules.yaml", RULES));
    assertEquals(outcomes, outcomes(RuleFile.parse("rules.yaml", RULES)));
    assertTrue(outcomes.contains("0") && outcomes.contains("1"), outcomes);
  }

  @Test
  void aMistakeIsShownWithItsPlace() {
    refused("rules: [{whn: x}]\n", "1:10", "when");
    refused("rules: [{slow_ms: [5]}]\n", "1:19", "two bounds");
    refused("rules: [{slow_ms: [5, 2]}]\n", "1:23", "from 5 to");
    refused("rules: [{fail: 2}]\n", "1:16", "from 0 to 1");
    refused("seed: 1\n", "1:1", "rules");
    assertThrows(UsageError.class, () -> RuleFile.read(Path.of("/nowhere/rules.yaml")));
  }

  private static void refused(String text, String place, String expected) {
    ScenarioError e = assertThrows(ScenarioError.class, () -> RuleFile.parse("rules.yaml", text));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(place) && message.contains(expected), message);
  }
}
