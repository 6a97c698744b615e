package dev.holdfast.report.format;

import dev.holdfast.report.result.BaselineRatio;
import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.KnownFailureNote;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Problem;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Tally;
import dev.holdfast.report.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what to do after a run, most urgent first. */
public final class NextSteps {
  private static final int MOST_FINDINGS = 5;

  private NextSteps() {}

  /** The steps that a report asks for; never empty. */
  public static List<NextStep> of(RunReport report) {
    List<NextStep> steps = new ArrayList<>();
    if (report.outcome().verdict() == Verdict.PASS) {
      steps.add(step("Go ahead: nothing that was checked stands in the way.", null));
    }
    report.problems().forEach(p -> steps.add(afterProblem(p, report.command())));
    boolean failed = report.findings().stream().anyMatch(Finding::fails);
    if (failed) {
      findings(report, steps);
    }
    report.budgets().stream().filter(b -> b.verdict() == Verdict.FAIL).forEach(b -> over(b, steps));
    report.exhibits().baseline().stream()
        .filter(b -> b.verdict() == Verdict.FAIL)
        .forEach(b -> steps.add(slower(b)));
    if (!failed) {
      findings(report, steps);
    }
    report.loads().stream()
        .filter(load -> load.conversationsBroken() > 0)
        .forEach(load -> steps.add(brokenUnder(load, report.command())));
    report.budgets().stream()
        .filter(b -> b.verdict() == Verdict.INCONCLUSIVE)
        .forEach(b -> unsure(b, steps));
    report.knownFailures().forEach(n -> steps.add(mend(n)));
    if (steps.isEmpty()) {
      steps.add(
          step("Put this right and run again: " + report.outcome().reason(), report.command()));
    }
    return steps;
  }

  private static NextStep afterProblem(Problem p, String command) {
    return switch (p.exit()) {
      case INTERRUPTED, TERMINATED ->
          step("Run it again to its end; this report shows only what ran before.", command);
      case INTERNAL ->
          step("Report this as a bug of Holdfast, with report.json: " + p.message(), null);
      case USAGE -> step("Correct the command or the configuration: " + p.message(), null);
      case PASS, NONCONFORMANCE, INCONCLUSIVE, KNOWN_FAILURES, OVER_BUDGET ->
          step("Put this right and run again: " + p.message(), command);
    };
  }

  private static NextStep step(String what, @Nullable String command) {
    return new NextStep(what, "", command);
  }

  private static void findings(RunReport report, List<NextStep> steps) {
    List<Finding> open = Status.wantingAttention(report);
    open.stream().limit(MOST_FINDINGS).forEach(f -> steps.add(afterFinding(f)));
    int left = open.size() - MOST_FINDINGS;
    if (left > 0) {
      steps.add(step("Then go through " + Words.count(left, "more finding") + " below.", null));
    }
  }

  private static NextStep afterFinding(Finding f) {
    String cause = f.likelyCause();
    String seen = f.seen() == null ? f.requirement() : f.seen();
    String what =
        switch (Status.of(f)) {
          case FAIL -> cause == null ? "Fix: " + seen : "Fix this. Likely cause: " + cause;
          case HARNESS_ERROR -> "Report as a bug of Holdfast: " + seen;
          case INCONCLUSIVE -> "Make it conclusive: " + seen;
          case WARN ->
              cause == null ? "Consider: " + seen : "Consider this. Likely cause: " + cause;
          case KNOWN, PASS, NOT_APPLICABLE -> seen;
        };
    return new NextStep(what, f.address(), f.rerun());
  }

  private static NextStep brokenUnder(LoadResult load, String command) {
    String broken = Words.count(load.conversationsBroken(), "conversation");
    return step("Find out what broke " + broken + " under load, in the evidence.", command);
  }

  private static void over(BudgetResult b, List<NextStep> steps) {
    steps.add(step("Get back under budget: " + Tally.budget(b) + " " + b.unit() + ".", null));
  }

  private static NextStep slower(BaselineRatio b) {
    return step("Find out what made " + b.name() + " worse: " + b.note() + ".", null);
  }

  private static void unsure(BudgetResult b, List<NextStep> steps) {
    steps.add(step("Measure " + b.name() + " for longer: " + b.note() + ".", null));
  }

  private static NextStep mend(KnownFailureNote n) {
    return step("Mend " + n.where() + " (" + n.pattern() + "): " + n.message() + ".", null);
  }
}
