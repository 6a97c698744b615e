package dev.holdfast.server.agent;

import dev.holdfast.protocol.frame.Message;
import java.util.List;

/**
 * What an agent gets to work on.
 *
 * @param history earlier turns as the client told them, oldest first
 */
public record AgentRequest(
    String runId, String messageId, String sessionId, String content, List<Message.Turn> history) {

  public AgentRequest {
    history = List.copyOf(history);
  }

  /** Content stays out of logs. */
  @Override
  public String toString() {
    return "AgentRequest[" + runId + ", session=" + sessionId + "]";
  }
}
