package dev.holdfast.report.format;

import dev.holdfast.report.result.BaselineRatio;
import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Group;
import dev.holdfast.report.result.Groups;
import dev.holdfast.report.result.KnownFailureNote;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.OneLine;
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
  private static final int MOST_CHARACTERS = 300;

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
    Groups groups = Groups.of(report.findings());
    List<NextStep> all = new ArrayList<>();
    groups.all().forEach(g -> all.add(afterGroup(g)));
    Status.wantingAttention(report).stream()
        .filter(f -> groups.holding(f).isEmpty())
        .forEach(f -> all.add(afterFinding(f)));
    all.stream().limit(MOST_FINDINGS).forEach(steps::add);
    int left = all.size() - MOST_FINDINGS;
    if (left > 0) {
      steps.add(step("Then go through " + Words.count(left, "more finding") + " below.", null));
    }
  }

  /** One cause: what users suffer, what came, and where to look. */
  private static NextStep afterGroup(Group group) {
    Finding lead = group.lead();
    StringBuilder what = new StringBuilder(lead.verdict() == Verdict.FAIL ? "Fix" : "Consider");
    what.append(" this: ").append(lead.consequence().sentence());
    what.append(extent(group)).append(". Seen: ");
    what.append(
        OneLine.of(lead.seen() == null ? lead.requirement() : lead.seen(), MOST_CHARACTERS));
    if (lead.likelyCause() != null) {
      what.append(". Likely cause: ").append(lead.likelyCause());
    }
    return new NextStep(what.toString(), lead.address(), lead.rerun());
  }

  /** {@code (3 cases, followed by 12 more findings)}; empty for a finding that stands alone. */
  private static String extent(Group group) {
    List<String> parts = new ArrayList<>();
    if (group.same().size() > 1) {
      parts.add(Words.count(group.same().size(), "case"));
    }
    if (!group.follow().isEmpty()) {
      parts.add("followed by " + Words.count(group.follow().size(), "more finding"));
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static NextStep afterFinding(Finding f) {
    String seen = f.seen() == null ? f.requirement() : f.seen();
    boolean bug = Status.of(f) == Status.HARNESS_ERROR;
    String what = (bug ? "Report as a bug of Holdfast: " : "Make it conclusive: ") + seen;
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
