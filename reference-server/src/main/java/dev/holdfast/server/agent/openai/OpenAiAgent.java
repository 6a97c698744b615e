package dev.holdfast.server.agent.openai;

import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.AgentRequest;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An agent that asks a model: any endpoint that streams chat completions as OpenAI's does.
 *
 * <p>Each run is a virtual thread, see {@link Dialogue}; cancelling it closes the stream.
 */
public final class OpenAiAgent implements Agent {
  private final Endpoint endpoint;
  private final String model;
  private final List<Tool> tools;
  private final Patience patience;

  /**
   * With the standard patience and one tool, {@code create_story}.
   *
   * @param base what comes before {@code /chat/completions}
   * @param key the bearer; null for an endpoint that asks for none
   */
  public OpenAiAgent(URI base, String model, @Nullable String key) {
    this(base, model, key, List.of(new CreateStory()), Patience.STANDARD);
  }

  public OpenAiAgent(
      URI base, String model, @Nullable String key, List<Tool> tools, Patience patience) {
    endpoint = new Endpoint(base, key, patience);
    this.model = model;
    this.tools = List.copyOf(tools);
    this.patience = patience;
  }

  @Override
  public Run start(AgentRequest request, Consumer<AgentEvent> sink) {
    Dialogue dialogue = new Dialogue(endpoint, model, tools, patience, request, sink);
    Thread thread = Thread.ofVirtual().name("agent-" + request.runId()).start(dialogue::hold);
    return thread::interrupt;
  }
}
