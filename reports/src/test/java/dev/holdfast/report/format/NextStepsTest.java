package dev.holdfast.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.RunReportBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextStepsTest {
  private static final String GO = "Go ahead: nothing that was checked stands in the way.";

  @Test
  void goAheadIsSaidExactlyWhenTheRunPasses() {
    assertEquals(GO, first(run().add(Sample.about("a").pass())));
    assertEquals(GO, first(run().add(Sample.about("a").level(Level.SHOULD).violated("late"))));
    List<RunReportBuilder> others =
        List.of(
            run(),
            run().add(Sample.load(2)),
            run().add(Sample.about("a").violated("x")),
            run().add(Sample.about("a").notApplicable("x")),
            run().problem(ExitCode.INCONCLUSIVE, "nothing listens"));
    for (RunReportBuilder other : others) {
      assertTrue(all(other).stream().noneMatch(s -> s.what().equals(GO)), all(other).toString());
    }
  }

  @Test
  void aFailureIsNamedWithItsLikelyCauseAndTheCommandToRepeatIt() {
    NextStep step =
        all(run()
                .add(Sample.about("a/b").likelyCause("a race").rerun("./holdfast x").violated("y")))
            .getFirst();

    String what = "Fix this: the target says the wrong words. Seen: y. Likely cause: a race";
    assertEquals(new NextStep(what, "a/b", "./holdfast x"), step);
  }

  @Test
  void fiveFindingsAreEnough() {
    RunReportBuilder run = run();
    for (int i = 0; i < 9; i++) {
      run.add(Sample.about("a/" + i).violated("x"));
    }

    assertEquals(6, all(run).size());
    assertEquals("Then go through 4 more findings below.", all(run).getLast().what());
  }

  @Test
  void whoInterruptedIsToldToRunItAgain() {
    NextStep step = all(run().cutShort(ExitCode.INTERRUPTED, "Ctrl-C")).getFirst();

    assertEquals("./holdfast gate", step.command());
  }

  private static RunReportBuilder run() {
    return Sample.begin("./holdfast gate");
  }

  private static List<NextStep> all(RunReportBuilder run) {
    return NextSteps.of(run.build(Instant.EPOCH));
  }

  private static String first(RunReportBuilder run) {
    return all(run).getFirst().what();
  }
}
