package dev.holdfast.server.wire;

import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.AgentRequest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * An agent that answers when the test says so: what a test does during a run happens during it on
 * any machine. The answer is the request's content.
 */
public final class HeldAgent implements Agent {
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<AgentEvent> more;

  /** An agent that begins to work, says these too, and waits. */
  public HeldAgent(AgentEvent... more) {
    this.more = List.of(more);
  }

  @Override
  public Run start(AgentRequest request, Consumer<AgentEvent> sink) {
    Thread thread =
        Thread.ofVirtual().name("agent-" + request.runId()).start(() -> run(request, sink));
    return thread::interrupt;
  }

  private void run(AgentRequest request, Consumer<AgentEvent> sink) {
    sink.accept(new AgentEvent.Stage("planning", "Waiting for the test", List.of()));
    more.forEach(sink);
    try {
      released.await();
      sink.accept(new AgentEvent.Answer(request.content(), List.of()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets all runs end, those to come too. */
  public void release() {
    released.countDown();
  }
}
