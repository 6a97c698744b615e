package dev.holdfast.server.agent;

import dev.holdfast.protocol.server.AgentEvent;
import java.util.function.Consumer;

/**
 * Whoever works on messages.
 *
 * <p>{@link #start} returns at once; what the agent says goes to the sink, from any thread, in
 * order, and ends with one {@link AgentEvent.Answer} or {@link AgentEvent.Failed}. A sink may block
 * a thread of the agent's own while its session is busy. What is said after the end, or after
 * {@link Run#cancel}, is ignored.
 */
@FunctionalInterface
public interface Agent {

  Run start(AgentRequest request, Consumer<AgentEvent> sink);

  /** A message being worked on. */
  @FunctionalInterface
  interface Run {
    /** Stop working; may come after the end and more than once. */
    void cancel();
  }
}
