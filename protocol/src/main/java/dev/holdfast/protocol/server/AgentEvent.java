package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent says while it works on a message. */
public sealed interface AgentEvent {

  /** A stage began: clarification, planning, or a word of the agent's own. */
  record Stage(String stage, String message, List<String> tasks) implements AgentEvent {
    public Stage {
      tasks = List.copyOf(tasks);
    }
  }

  /** A tool call moved on: {@code status} is pending, running, completed or error. */
  record Tool(String tool, String callId, String status, @Nullable String detailsJson)
      implements AgentEvent {}

  /** The next piece of the answer's text. */
  record Delta(String text) implements AgentEvent {}

  /** The whole answer: the end of a run. */
  record Answer(String content, List<Message.Artifact> artifacts) implements AgentEvent {
    public Answer {
      artifacts = List.copyOf(artifacts);
    }
  }

  /** The agent gave up; {@code message} is for people and tells nothing of our insides. */
  record Failed(String message) implements AgentEvent {}
}
