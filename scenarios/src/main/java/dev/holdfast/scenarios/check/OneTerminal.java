package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Each run has one terminal frame, and nothing of the run comes behind it on its connection. */
final class OneTerminal implements Checker {

  @Override
  public String name() {
    return "one_terminal";
  }

  @Override
  public String requirement() {
    return "Every run ends with exactly one terminal frame, and nothing of it follows.";
  }

  @Override
  public Judged judge(History history) {
    Map<String, String> ended = new HashMap<>();
    int runs = 0;
    for (HistoryRecord r : history.records()) {
      String run = r.kind() == Kind.FRAME && "in".equals(r.text("direction")) ? runOf(r) : null;
      if (run == null) {
        continue;
      }
      String key = r.process() + " " + r.connection() + " " + run;
      String before = ended.get(key);
      if (before != null) {
        return Judged.broken(r.process() + ": " + r.op() + " of " + run + " behind its " + before);
      }
      if (Frames.isEnd(r)) {
        ended.put(key, r.op());
        runs++;
      }
    }
    return runs == 0
        ? Judged.unknown("no run that names itself ended")
        : Judged.holds(runs + " runs, each with one end");
  }

  /** The run that a frame belongs to, if it says so and is no control frame. */
  private static @Nullable String runOf(HistoryRecord r) {
    Frame frame = Frames.of(r);
    if (frame == null || frame.envelope().runId() == null) {
      return null;
    }
    return switch (frame.body()) {
      case Message m -> frame.envelope().runId();
      case ToolExecution t -> frame.envelope().runId();
      case Status.Processing p -> frame.envelope().runId();
      case dev.holdfast.protocol.frame.Failure f -> frame.envelope().runId();
      default -> null;
    };
  }
}
