package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The order in which the frames of one run are made, as far as they tell it. */
final class RunOrder {
  private static final List<String> STEPS = List.of("pending", "running", "completed", "error");

  private RunOrder() {}

  /**
   * Holds the frames of one run against it: its end is last, a tool call only advances and
   * timestamps never fall.
   *
   * @param stamped whether this target's timestamps rise while a run is watched without a cut
   * @throws Mismatch at the first frame that comes too early or too late
   */
  static void check(List<Event.Text> frames, boolean stamped) throws Mismatch {
    Map<String, Integer> calls = new HashMap<>();
    long last = 0;
    boolean over = false;
    for (Event.Text frame : frames) {
      long at = DateParse.millis(frame.json().path("timestamp"));
      if (over || wentBack(frame, calls) || (stamped && at < last)) {
        throw new Mismatch("frames in the order in which they were made", Talk.describe(frame));
      }
      last = Math.max(last, at);
      over = frame.isEnd() && !frame.isError("replay_overflow");
    }
  }

  private static boolean wentBack(Event.Text frame, Map<String, Integer> calls) {
    String call = frame.data("tool_call_id").asText();
    int step = STEPS.indexOf(frame.data("status").asText());
    if (!frame.type().equals("tool_execution") || call.isEmpty() || step < 0) {
      return false;
    }
    Integer before = calls.put(call, step);
    return before != null && step < before;
  }
}
