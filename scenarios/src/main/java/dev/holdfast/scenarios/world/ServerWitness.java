package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.ServerOutput;
import org.jspecify.annotations.Nullable;

/** Takes down what happens at one server machine. */
interface ServerWitness {
  ServerWitness NONE = new ServerWitness() {};

  default void opened(Clock clock, VirtualLink link) {}

  default void received(Clock clock, String connection, Decoded decoded) {}

  default void sent(Clock clock, String connection, Frame frame) {}

  /** A connection ended; {@code byServer} when the server closed it. */
  default void closed(Clock clock, String connection, int code, boolean byServer) {}

  default void tool(Clock clock, ServerOutput.StartRun run, AgentEvent.Tool tool) {}

  /** Somebody wants the agent to speak first. */
  default void pushAsked(Clock clock, String request, String id) {}

  /** The answer to that: the run, or null where the push was refused. */
  default void pushAnswered(Clock clock, String request, @Nullable String run) {}

  /** It wrote down what it did. */
  default void audited(AuditEvent event) {}

  /** The process ended; none of its connections is any more. */
  default void died(Clock clock) {}

  /** The process began again without what it knew. */
  default void forgot(Clock clock) {}
}
