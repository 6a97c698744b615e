package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Section conversation: the frames of one run that uses tools. */
final class RunCases {
  static final List<Case> ALL =
      List.of(
          Case.of(
                  "conversation/nothing-after-the-terminal",
                  "Callbacks of tools outlive the run.",
                  Need.TOOLS)
              .given("a run ended", RunCases::ended)
              .then((b, t) -> t.quiet("frame of a run behind its end", Event.Text::isOfRun)),
          Case.of(
                  "conversation/tool-status-only-advances",
                  "Tool frames are sent from callbacks that may overtake each other.",
                  Need.TOOLS)
              .given("a run ended that used tools", RunCases::toolFrames)
              .then((b, frames) -> advances(frames)),
          Case.of(
                  "conversation/nothing-after-a-tools-end",
                  "A tool's progress is reported by a timer that its end does not stop.",
                  Need.TOOLS)
              .given("a run ended in which a tool ended", RunCases::endedTools)
              .then((b, frames) -> nothingAfterAnEnd(frames)));

  private RunCases() {}

  private static Talk ended(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.stimulus(Stimulus.TWO_TOOLS));
    t.terminal();
    return t;
  }

  /** All tool frames of a run, and what came for a while after its end. */
  private static List<Event.Text> toolFrames(Bench b) throws Finds, InterruptedException {
    Talk t = ended(b);
    t.quiet("", e -> false);
    List<Event.Text> frames =
        t.heard().stream().filter(e -> e.type().equals("tool_execution")).toList();
    if (frames.isEmpty()) {
      throw new Unclear("no tool was used, though the stimulus should bring two");
    }
    if (!frames.stream().allMatch(e -> e.data("tool_call_id").isTextual())) {
      throw new Inapplicable("tool frames do not tell which call they are of");
    }
    return frames;
  }

  private static List<Event.Text> endedTools(Bench b) throws Finds, InterruptedException {
    List<Event.Text> frames = toolFrames(b);
    if (frames.stream().noneMatch(ToolProgress::isEnd)) {
      throw new Unclear("no frame told that a tool completed or failed");
    }
    return frames;
  }

  private static void advances(List<Event.Text> frames) throws Mismatch {
    ToolProgress progress = new ToolProgress();
    for (Event.Text frame : frames) {
      progress.saw(frame);
    }
    progress.ended();
  }

  private static void nothingAfterAnEnd(List<Event.Text> frames) throws Mismatch {
    Set<String> ended = new HashSet<>();
    for (Event.Text frame : frames) {
      String call = frame.data("tool_call_id").asText();
      if (ended.contains(call)) {
        throw new Mismatch("no tool_execution for " + call + " after its end", frame.text());
      }
      if (ToolProgress.isEnd(frame)) {
        ended.add(call);
      }
    }
  }
}
