package dev.holdfast.scenarios.conformance.resume;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Section conversation in profile resume, where a run tells its stages and tools. */
final class StageCases {
  private static final String CAUSE = "The agent works in silence between message and answer.";
  private static final List<String> EVERY_RUN = List.of("clarification", "planning");

  static final List<Case> ALL =
      List.of(
          Case.of("conversation/stage-clarification", CAUSE)
              .given(ResumeSituations.ANSWERED)
              .then((b, visit) -> stage(visit, "clarification")),
          Case.of("conversation/stage-planning", CAUSE)
              .given(ResumeSituations.ANSWERED)
              .then((b, visit) -> {
                Event.Text planning = stage(visit, "planning");
                JsonNode tasks = planning.data("tasks_identified");
                // A list with nothing in it may be left out.
                if (!tasks.isMissingNode() && !tasks.isArray()) {
                  throw new Mismatch("tasks_identified", planning.text());
                }
              }),
          Case.of("conversation/stage-for-each-tool", CAUSE, Need.TOOLS)
              .given(
                  "a run that uses tools ended, and tool_execution frames of it came",
                  StageCases::toolsSeen)
              .then((b, run) -> {
                long tools =
                    run.stream()
                        .filter(StageCases::isTool)
                        .map(e -> e.data("tool").asText())
                        .distinct()
                        .count();
                long stages = run.stream().filter(StageCases::isToolStage).count();
                if (stages < tools) {
                  throw new Mismatch(
                      "a stage for each of " + tools + " tools", stages + " such stages");
                }
              }),
          Case.of("conversation/tools-are-reported", CAUSE, Need.TOOLS)
              .given(
                  "a run that uses tools ended, and a stage or a frame of a tool came",
                  StageCases::toolsUsed)
              .then((b, run) -> {
                long calls =
                    run.stream()
                        .filter(StageCases::isTool)
                        .map(e -> e.data("tool_call_id").asText())
                        .distinct()
                        .count();
                if (calls < 2) {
                  throw new Mismatch("tool_execution frames of two calls", "of " + calls);
                }
              }));

  private StageCases() {}

  private static boolean isTool(Event.Text frame) {
    return frame.type().equals("tool_execution");
  }

  private static boolean isToolStage(Event.Text frame) {
    return frame.isStatus("processing") && !EVERY_RUN.contains(frame.data("stage").asText());
  }

  private static List<Event.Text> run(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    visit.answer(visit.says(b.stimulus(Stimulus.TWO_TOOLS)), visit.slowMs());
    return visit.talk.heard();
  }

  private static List<Event.Text> toolsSeen(Bench b) throws Finds, InterruptedException {
    List<Event.Text> run = run(b);
    if (run.stream().noneMatch(StageCases::isTool)) {
      throw new Unclear("no frame tells of a tool, though the stimulus should bring two");
    }
    return run;
  }

  private static List<Event.Text> toolsUsed(Bench b) throws Finds, InterruptedException {
    List<Event.Text> run = run(b);
    if (run.stream().noneMatch(e -> isTool(e) || isToolStage(e))) {
      throw new Unclear("nothing tells of a tool, though the stimulus should bring two");
    }
    return run;
  }

  private static Event.Text stage(Visit visit, String stage) throws Mismatch {
    for (Event.Text frame : visit.talk.heard()) {
      if (frame.isStatus("processing") && frame.data("stage").asText().equals(stage)) {
        if (frame.data("message").asText().isEmpty()) {
          throw new Mismatch("a message with stage " + stage, frame.text());
        }
        return frame;
      }
    }
    throw new Mismatch("status processing with stage " + stage, "none in the run");
  }
}
