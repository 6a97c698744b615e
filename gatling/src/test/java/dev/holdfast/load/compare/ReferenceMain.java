package dev.holdfast.load.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.Agent;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reference server with an agent that says what {@link Frames} hold; audit on, with its memory
 * store or, where a file is named behind the audit's folder, with SQLite in it.
 */
final class ReferenceMain {
  private ReferenceMain() {}

  public static void main(String[] args) throws Exception {
    List<AgentEvent> events = Frames.read().lines().stream().map(ReferenceMain::event).toList();
    @Nullable Path store = args.length > 1 ? Path.of(args[1]) : null;
    ServerOptions options =
        ServerOptions.builder()
            .auditDirectory(Path.of(args[0]))
            .store(store)
            .agent(saying(events))
            .build();
    ReferenceServer server = ReferenceServer.start(options);
    System.out.println("listening on " + server.wsUrl());
    System.in.transferTo(OutputStream.nullOutputStream());
    server.close();
  }

  /** Says everything at once, on the thread that asks, as the other servers' handlers do. */
  private static Agent saying(List<AgentEvent> events) {
    return (request, sink) -> {
      events.forEach(sink);
      return () -> {};
    };
  }

  private static AgentEvent event(Frames.Line line) {
    JsonNode data = line.data();
    return switch (line.type()) {
      case "status" ->
          new AgentEvent.Stage(
              data.get("stage").asText(), data.get("message").asText(), tasks(data));
      case "tool_execution" ->
          new AgentEvent.Tool(
              data.get("tool").asText(),
              data.get("tool_call_id").asText(),
              data.get("status").asText(),
              data.get("details").toString());
      default -> new AgentEvent.Answer(data.get("content").asText(), List.of());
    };
  }

  private static List<String> tasks(JsonNode data) {
    List<String> tasks = new ArrayList<>();
    data.path("tasks_identified").forEach(t -> tasks.add(t.asText()));
    return tasks;
  }
}
