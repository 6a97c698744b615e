package dev.holdfast.scenarios.conformance.resume;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Section conversation in profile resume, where a run tells its stages and tools. */
final class StageCases {
  private static final String CAUSE = "The agent works in silence between message and answer.";

  static final List<Case> ALL =
      List.of(
          Case.of("conversation/stage-clarification", CAUSE, b -> stage(b, "clarification")),
          Case.of(
              "conversation/stage-planning",
              CAUSE,
              b -> {
                Event.Text planning = stage(b, "planning");
                if (!planning.data("tasks_identified").isArray()) {
                  throw new Mismatch("tasks_identified", planning.text());
                }
              }),
          Case.of(
              "conversation/stage-for-each-tool",
              CAUSE,
              b -> {
                long stages = run(b).stream().filter(e -> e.isStatus("processing")).count();
                if (stages < 4) {
                  throw new Mismatch(
                      "two stages and one for each of two tools", stages + " stages");
                }
              },
              Need.TOOLS),
          Case.of(
              "conversation/tools-are-reported",
              CAUSE,
              b -> {
                long calls =
                    run(b).stream()
                        .filter(e -> e.type().equals("tool_execution"))
                        .map(e -> e.data("tool_call_id").asText())
                        .distinct()
                        .count();
                if (calls < 2) {
                  throw new Mismatch("tool_execution frames of two calls", "of " + calls);
                }
              },
              Need.TOOLS));

  private StageCases() {}

  private static List<Event.Text> run(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    visit.answer(visit.says(b.stimulus(Stimulus.TWO_TOOLS)));
    return ana.frames();
  }

  private static Event.Text stage(Bench b, String stage) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    visit.says(b.plain());
    Event.Text frame =
        visit.expect(
            "stage " + stage,
            e -> e.isEnd() || (e.isStatus("processing") && e.data("stage").asText().equals(stage)));
    if (frame.isEnd() || frame.data("message").asText().isEmpty()) {
      throw new Mismatch("status processing with stage " + stage + " and a message", frame.text());
    }
    return frame;
  }
}
