package dev.holdfast.report.result;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns all that a run found into one verdict, one exit code and one line. */
final class Judgement {
  private static final int LINE_LENGTH = 500;

  /** One reason not to pass. */
  private record Reason(ExitCode exit, String text) {}

  private final List<Problem> problems;
  private final List<Finding> findings;
  private final boolean strict;
  private final List<LoadResult> loads;
  private final List<BudgetResult> budgets;
  private final List<KnownFailureNote> notes;
  private final List<BaselineRatio> baseline;

  private Judgement(
      List<Problem> problems,
      List<Finding> findings,
      boolean strict,
      List<LoadResult> loads,
      List<BudgetResult> budgets,
      List<KnownFailureNote> notes,
      List<BaselineRatio> baseline) {
    this.problems = problems;
    this.findings = findings;
    this.strict = strict;
    this.loads = loads;
    this.budgets = budgets;
    this.notes = notes;
    this.baseline = baseline;
  }

  static Outcome of(
      List<Problem> problems,
      List<Finding> findings,
      boolean strict,
      List<LoadResult> loads,
      List<BudgetResult> budgets,
      List<KnownFailureNote> notes,
      List<BaselineRatio> baseline) {
    return new Judgement(problems, findings, strict, loads, budgets, notes, baseline).outcome();
  }

  private Outcome outcome() {
    List<Reason> reasons = reasons();
    reasons.sort(comparing(Reason::exit, ExitCode.byPrecedence()));
    if (reasons.isEmpty()) {
      String shown = Tally.of(findings, loads, budgets);
      return new Outcome(Verdict.PASS, 0, line("PASS", shown), shown, List.of());
    }
    Reason first = reasons.getFirst();
    List<String> also =
        reasons.stream().skip(1).map(r -> r.text() + " (exit " + r.exit().code() + ")").toList();
    Verdict verdict = verdictFor(reasons);
    String word = verdict == Verdict.FAIL ? "FAIL" : "INCONCLUSIVE";
    String rest = also.isEmpty() ? "" : "; also: " + String.join("; ", also);
    String line = line(word, first.text() + rest);
    return new Outcome(verdict, first.exit().code(), line, first.text(), also);
  }

  /** An interrupted run that had already seen a failure has failed, whatever its exit code. */
  private static Verdict verdictFor(List<Reason> reasons) {
    return reasons.stream().anyMatch(r -> saysNo(r.exit())) ? Verdict.FAIL : Verdict.INCONCLUSIVE;
  }

  private static boolean saysNo(ExitCode exit) {
    return switch (exit) {
      case NONCONFORMANCE, OVER_BUDGET, KNOWN_FAILURES -> true;
      case PASS, INCONCLUSIVE, USAGE, INTERNAL, INTERRUPTED, TERMINATED -> false;
    };
  }

  private List<Reason> reasons() {
    List<Reason> reasons = new ArrayList<>();
    problems.forEach(p -> reasons.add(new Reason(p.exit(), p.message())));
    harnessErrors(reasons);
    failures(reasons);
    brokenConversations(reasons);
    overBudget(reasons);
    worseThanBefore(reasons);
    if (!notes.isEmpty()) {
      KnownFailureNote n = notes.getFirst();
      reasons.add(
          new Reason(
              ExitCode.KNOWN_FAILURES,
              n.where() + " " + n.pattern() + ": " + n.message() + more(notes.size() - 1)));
    }
    inconclusive(reasons);
    nothingShown(reasons);
    return reasons;
  }

  private void harnessErrors(List<Reason> reasons) {
    List<Finding> broken = with(Verdict.HARNESS_ERROR);
    if (!broken.isEmpty()) {
      reasons.add(
          new Reason(
              ExitCode.INTERNAL,
              "Holdfast itself broke in " + why(broken.getFirst()) + more(broken.size() - 1)));
    }
  }

  private void failures(List<Reason> reasons) {
    List<Group> causes = Groups.of(findings).all().stream().filter(g -> g.fails(strict)).toList();
    if (!causes.isEmpty()) {
      reasons.add(
          new Reason(
              ExitCode.NONCONFORMANCE,
              String.format(
                  Locale.ROOT,
                  "%s (%s, %d of %d failed)",
                  why(causes.getFirst().lead()),
                  causes.size() == 1 ? "1 cause" : causes.size() + " causes",
                  findings.stream().filter(f -> f.fails(strict)).count(),
                  findings.size())));
    }
  }

  private void brokenConversations(List<Reason> reasons) {
    for (LoadResult load : loads) {
      if (load.conversationsBroken() > 0) {
        reasons.add(
            new Reason(
                ExitCode.NONCONFORMANCE,
                String.format(
                    Locale.ROOT,
                    "%d of %d conversations broke under load",
                    load.conversationsBroken(),
                    load.conversationsChecked())));
      } else if (load.conversationsChecked() == 0) {
        reasons.add(new Reason(ExitCode.INCONCLUSIVE, "no conversation was checked under load"));
      }
    }
  }

  private void overBudget(List<Reason> reasons) {
    for (BudgetResult b : budgets) {
      switch (b.verdict()) {
        case FAIL ->
            reasons.add(new Reason(ExitCode.OVER_BUDGET, "over budget: " + Tally.budget(b)));
        case INCONCLUSIVE ->
            reasons.add(new Reason(ExitCode.INCONCLUSIVE, b.name() + ": " + b.note()));
        case PASS, WARN, NOT_APPLICABLE, HARNESS_ERROR -> {}
      }
    }
  }

  private void worseThanBefore(List<Reason> reasons) {
    for (BaselineRatio b : baseline) {
      if (b.verdict() == Verdict.FAIL) {
        reasons.add(
            new Reason(
                ExitCode.OVER_BUDGET, "worse than the baseline: " + b.name() + " " + b.note()));
      } else if (b.verdict() == Verdict.INCONCLUSIVE) {
        reasons.add(new Reason(ExitCode.INCONCLUSIVE, b.name() + ": " + b.note()));
      }
    }
  }

  /** A recommendation that could not be judged stops no one: broken, it would only warn. */
  private void inconclusive(List<Reason> reasons) {
    List<Finding> open =
        with(Verdict.INCONCLUSIVE).stream().filter(f -> strict || f.level() == Level.MUST).toList();
    if (!open.isEmpty()) {
      reasons.add(new Reason(ExitCode.INCONCLUSIVE, why(open.getFirst()) + more(open.size() - 1)));
    }
  }

  /** Where nothing was shown, nothing passes. */
  private void nothingShown(List<Reason> reasons) {
    boolean shown = !loads.isEmpty() || findings.stream().anyMatch(Judgement::isJudged);
    if (shown || !reasons.isEmpty()) {
      return;
    }
    List<Finding> open = with(Verdict.INCONCLUSIVE);
    String why =
        open.isEmpty()
            ? "nothing was run that applies to the target"
            : why(open.getFirst()) + more(open.size() - 1);
    reasons.add(new Reason(ExitCode.INCONCLUSIVE, why));
  }

  private static boolean isJudged(Finding f) {
    return switch (f.verdict()) {
      case PASS, FAIL, WARN -> true;
      case INCONCLUSIVE, NOT_APPLICABLE, HARNESS_ERROR -> false;
    };
  }

  private List<Finding> with(Verdict verdict) {
    return findings.stream().filter(f -> f.verdict() == verdict).toList();
  }

  private static String why(Finding f) {
    String seen = f.seen() == null ? f.requirement() : f.seen();
    boolean absent = f.expected() != null && seen.startsWith("nothing");
    String said = absent ? "expected " + f.expected() + ", saw " + seen : seen;
    return f.title() + ": " + OneLine.of(said, 120);
  }

  private static String more(int others) {
    return others == 0 ? "" : " (and " + others + " more)";
  }

  private static String line(String word, String text) {
    return OneLine.of("holdfast: " + word + " " + text, LINE_LENGTH);
  }
}
