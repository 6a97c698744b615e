package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows the calls of one run: pending, running, then completed or error. */
final class ToolProgress {
  private static final List<String> ORDER = List.of("pending", "running", "completed", "error");

  private final Map<String, String> status = new LinkedHashMap<>();

  /** Whether a tool frame says that its call has ended. */
  static boolean isEnd(Event.Text frame) {
    return step(frame.data("status").asText()) >= step("completed");
  }

  void saw(Event.Text frame) throws Mismatch {
    String call = frame.data("tool_call_id").asText();
    String now = frame.data("status").asText();
    String before = status.put(call, now);
    boolean ended = "completed".equals(before) || "error".equals(before);
    if (!ORDER.contains(now) || ended || (before != null && step(now) <= step(before))) {
      throw new Mismatch(
          "call " + call + " to go pending, running, completed or error",
          (before == null ? "first" : before + ", then") + " '" + now + "'");
    }
  }

  private static int step(String word) {
    return ORDER.indexOf(word);
  }

  /** The run has ended: so must have its calls. */
  void ended() throws Mismatch {
    for (Map.Entry<String, String> call : status.entrySet()) {
      if (step(call.getValue()) < step("completed")) {
        throw new Mismatch(
            "every call to end before its run", call.getKey() + " was left " + call.getValue());
      }
    }
  }
}
