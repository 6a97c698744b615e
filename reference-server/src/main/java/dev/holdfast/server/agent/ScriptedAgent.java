package dev.holdfast.server.agent;

import dev.holdfast.protocol.server.AgentEvent;
import java.util.List;
import java.util.function.Consumer;

/**
 * An agent that does what the first line of a message says; see {@link Script}.
 *
 * <p>Its stages, tools, tokens and answer are spread evenly over the run's time. Each run is a
 * virtual thread that ends with the run or its cancellation.
 */
public final class ScriptedAgent implements Agent {
  /** How long a run takes when its message does not say. */
  public static final long DEFAULT_MS = 30;

  private final long defaultMs;

  public ScriptedAgent() {
    this(DEFAULT_MS);
  }

  public ScriptedAgent(long defaultMs) {
    this.defaultMs = defaultMs;
  }

  /** An agent that takes no time, for budgets of the server's own latency. */
  public static ScriptedAgent instant() {
    return new ScriptedAgent(0);
  }

  @Override
  public Run start(AgentRequest request, Consumer<AgentEvent> sink) {
    Script script = Script.of(request.content());
    long totalMs = script.slowMs() == Script.UNSAID ? defaultMs : script.slowMs();
    Thread thread =
        Thread.ofVirtual()
            .name("agent-" + request.runId())
            .start(() -> perform(Performance.of(script), totalMs, sink));
    return thread::interrupt;
  }

  private static void perform(List<AgentEvent> events, long totalMs, Consumer<AgentEvent> sink) {
    long startedAt = System.nanoTime();
    int last = events.size() - 1;
    for (int i = 0; i <= last; i++) {
      if (totalMs > 0 && !waited(startedAt + totalMs * 1_000_000 * i / last)) {
        return;
      }
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      sink.accept(events.get(i));
    }
  }

  /** Waits until a moment has come; false when the run was cancelled meanwhile. */
  private static boolean waited(long untilNanos) {
    long left = untilNanos - System.nanoTime();
    if (left <= 0) {
      return true;
    }
    try {
      Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
