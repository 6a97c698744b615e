package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import java.util.List;

/** What the shell must carry out. */
public sealed interface ServerOutput {

  record Send(String connection, Frame frame) implements ServerOutput {}

  /** Close with a code; the state has already forgotten the connection. */
  record Close(String connection, int code, String reason) implements ServerOutput {}

  /** Have the agent work on a message; its events come back with this run id. */
  record StartRun(String runId, String messageId, String content, List<Message.Turn> history)
      implements ServerOutput {
    public StartRun {
      history = List.copyOf(history);
    }
  }

  /** Tell the agent to stop; whatever it still says of the run is ignored. */
  record CancelRun(String runId) implements ServerOutput {}

  /** Answer a POST. */
  record Reply(String request, HttpReply reply) implements ServerOutput {}

  record Audit(AuditEvent event) implements ServerOutput {}

  /** Hand in {@link ServerInput.Woken} at this monotonic time; replaces any earlier wish. */
  record WakeAt(long nanos) implements ServerOutput {}

  /** The session may be dropped from memory: nothing of it is worth keeping any more. */
  record Forget() implements ServerOutput {}
}
