package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerOutput;

/** Takes down what happens at one server machine. */
interface ServerWitness {
  ServerWitness NONE = new ServerWitness() {};

  default void opened(Clock clock, VirtualLink link) {}

  default void received(Clock clock, String connection, Decoded decoded) {}

  default void sent(Clock clock, String connection, Frame frame) {}

  /** A connection ended; {@code byServer} when the server closed it. */
  default void closed(Clock clock, String connection, int code, boolean byServer) {}

  default void tool(Clock clock, ServerOutput.StartRun run, AgentEvent.Tool tool) {}

  /** The process began again without what it knew. */
  default void forgot(Clock clock) {}
}
