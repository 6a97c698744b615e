package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.Run;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.ServerCheck;
import java.util.ArrayList;
import java.util.List;

/** Plays conformance cases against the subject. */
public final class ConformanceStage implements GateStage {
  private static final String AGAIN = "./holdfast check server";

  private final List<Case> cases;
  private final int repeat;
  private final List<Finding> findings = new ArrayList<>();

  public ConformanceStage(List<Case> cases, int repeat) {
    this.cases = List.copyOf(cases);
    this.repeat = repeat;
  }

  @Override
  public Stage stage() {
    return Stage.CONFORMANCE;
  }

  @Override
  public void run(Run run) throws InterruptedException {
    String again = run.again(AGAIN);
    for (int i = 0; i < repeat; i++) {
      ServerCheck check =
          new ServerCheck(run.subject().target(), run.progress(), again, run.seed() + i);
      findings.addAll(check.play(cases, run::add));
    }
  }

  /** What was found when all have been played. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }
}
