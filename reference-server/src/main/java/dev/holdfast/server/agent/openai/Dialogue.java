package dev.holdfast.server.agent.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.server.agent.AgentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run with a model: ask, stream, call the tools it wants, ask again, until it is done. */
final class Dialogue {
  private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ROUNDS = 8;

  private final Endpoint endpoint;
  private final String model;
  private final List<Tool> tools;
  private final Patience patience;
  private final AgentRequest request;
  private final Consumer<AgentEvent> sink;
  private final ArrayNode messages = JSON.createArrayNode();
  private final StringBuilder said = new StringBuilder();
  private final List<Message.Artifact> artifacts = new ArrayList<>();

  Dialogue(
      Endpoint endpoint,
      String model,
      List<Tool> tools,
      Patience patience,
      AgentRequest request,
      Consumer<AgentEvent> sink) {
    this.endpoint = endpoint;
    this.model = model;
    this.tools = tools;
    this.patience = patience;
    this.request = request;
    this.sink = sink;
  }

  void hold() {
    try {
      sink.accept(new AgentEvent.Stage("clarification", "Reading the request", List.of()));
      request.history().forEach(turn -> say(turn.role(), turn.content()));
      say("user", request.content());
      converse();
    } catch (Trouble e) {
      sink.accept(new AgentEvent.Failed(e.words()));
    } catch (InterruptedException e) {
      LOG.debug("event=run_cancelled run={}", request.runId());
    } catch (RuntimeException e) {
      LOG.error("event=agent_failed run={}", request.runId(), e);
      sink.accept(new AgentEvent.Failed("The agent failed."));
    }
  }

  private void say(String role, String content) {
    messages.addObject().put("role", role).put("content", content);
  }

  private void converse() throws Trouble, InterruptedException {
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      Completion completion = listen();
      if (completion.calls().isEmpty()) {
        sink.accept(new AgentEvent.Answer(said.toString(), artifacts));
        return;
      }
      remember(completion);
      for (Completion.Call call : completion.calls()) {
        call(call);
      }
    }
    throw new Trouble("The model calls more tools than the limit allows.");
  }

  private Completion listen() throws Trouble, InterruptedException {
    Completion completion = new Completion();
    try (EventStream events = new EventStream(endpoint.ask(question()), patience.stallMs())) {
      for (JsonNode event = events.next(); event != null; event = events.next()) {
        String piece = completion.take(event);
        if (!piece.isEmpty()) {
          said.append(piece);
          sink.accept(new AgentEvent.Delta(piece));
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      if (!completion.finished() && !events.done()) {
        throw new Trouble("The model's answer broke off.");
      }
      return completion;
    }
  }

  private String question() {
    ObjectNode question = JSON.createObjectNode().put("model", model).put("stream", true);
    question.set("messages", messages);
    ArrayNode offered = JSON.createArrayNode();
    for (Tool tool : tools) {
      ObjectNode function = offered.addObject().put("type", "function").putObject("function");
      function.put("name", tool.name()).put("description", tool.description());
      function.set("parameters", tree(tool.parameters()));
    }
    if (!tools.isEmpty()) {
      question.set("tools", offered);
    }
    return question.toString();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }

  private void remember(Completion completion) {
    ObjectNode message = messages.addObject().put("role", "assistant");
    message.put("content", completion.text());
    ArrayNode calls = message.putArray("tool_calls");
    for (Completion.Call call : completion.calls()) {
      ObjectNode entry = calls.addObject().put("id", call.id()).put("type", "function");
      entry.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    }
  }

  /**
   * The sink returns from {@code running} once that is kept, so the tool never starts unnoticed.
   */
  private void call(Completion.Call call) throws InterruptedException {
    sink.accept(new AgentEvent.Stage(call.name(), "Working with " + call.name(), List.of()));
    sink.accept(tool(call, ToolExecution.PENDING, null));
    sink.accept(tool(call, ToolExecution.RUNNING, null));
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    ObjectNode answer = messages.addObject().put("role", "tool").put("tool_call_id", call.id());
    try {
      Tool.Result result = tool(call.name()).call(tree(call.arguments()));
      artifacts.addAll(result.artifacts());
      answer.put("content", result.json());
      sink.accept(tool(call, ToolExecution.COMPLETED, result.json()));
    } catch (IllegalArgumentException e) {
      String words = String.valueOf(e.getMessage());
      answer.put("content", JSON.createObjectNode().put("error", words).toString());
      sink.accept(tool(call, ToolExecution.ERROR, null));
    }
  }

  private static AgentEvent.Tool tool(
      Completion.Call call, String status, @Nullable String details) {
    return new AgentEvent.Tool(call.name(), call.id(), status, details);
  }

  private Tool tool(String name) {
    return tools.stream()
        .filter(tool -> tool.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no tool " + name));
  }
}
