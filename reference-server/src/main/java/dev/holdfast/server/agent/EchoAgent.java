package dev.holdfast.server.agent;

import dev.holdfast.protocol.server.AgentEvent;
import java.util.List;
import java.util.function.Consumer;

/** The do-nothing agent: says back what it was told, at once. Start from here to write your own. */
public final class EchoAgent implements Agent {

  @Override
  public Run start(AgentRequest request, Consumer<AgentEvent> sink) {
    sink.accept(new AgentEvent.Answer(request.content(), List.of()));
    return () -> {};
  }
}
