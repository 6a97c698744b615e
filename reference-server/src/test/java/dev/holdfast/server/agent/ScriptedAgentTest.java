package dev.holdfast.server.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.testing.PatientWaits;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScriptedAgentTest {
  private final BlockingQueue<AgentEvent> said = new LinkedBlockingQueue<>();

  private Agent.Run start(Agent agent, String content) {
    return agent.start(new AgentRequest("r-1", "m-1", "s-1", content, List.of()), said::add);
  }

  private AgentEvent next() throws InterruptedException {
    AgentEvent event = said.poll(PatientWaits.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (event == null) {
      throw new AssertionError("the agent says nothing");
    }
    return event;
  }

  @Test
  void spreadsARunOverItsTime() throws InterruptedException {
    long startedAt = System.nanoTime();
    start(new ScriptedAgent(), "#agent slow_ms=120\nhi");
    while (!(next() instanceof AgentEvent.Answer)) {
      // stages and tools
    }
    long tookMs = (System.nanoTime() - startedAt) / 1_000_000;
    assertTrue(tookMs >= 119, tookMs + " ms");
  }

  @Test
  void saysNothingAfterItsCancellation() throws InterruptedException {
    Agent.Run run = start(new ScriptedAgent(), "#agent slow_ms=60000\nhi");
    assertEquals("clarification", ((AgentEvent.Stage) next()).stage());
    run.cancel();
    run.cancel();
    assertEquals(null, said.poll(50, TimeUnit.MILLISECONDS));
  }

  @Test
  void echoSaysBackWhatItWasTold() throws InterruptedException {
    start(new EchoAgent(), "hello");
    assertEquals(new AgentEvent.Answer("hello", List.of()), next());
  }
}
