package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows the calls of one run: pending, running, then completed or error, and nothing more. */
final class ToolProgress {
  private static final List<String> ORDER = List.of("pending", "running", "completed", "error");

  private final Map<String, String> status = new LinkedHashMap<>();

  void saw(Event.Text frame) throws Mismatch {
    String call = frame.data("tool_call_id").asText(frame.data("tool").asText());
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

  void ended() throws Finds {
    if (status.isEmpty()) {
      throw new Unclear("no tool was used, though the stimulus should bring two");
    }
    for (Map.Entry<String, String> call : status.entrySet()) {
      if (step(call.getValue()) < step("completed")) {
        throw new Mismatch(
            "every call to end before its run", call.getKey() + " was left " + call.getValue());
      }
    }
  }
}
