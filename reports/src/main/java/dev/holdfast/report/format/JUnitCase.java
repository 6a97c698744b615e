package dev.holdfast.report.format;

import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Group;
import dev.holdfast.report.result.Groups;
import dev.holdfast.report.result.KnownFailureNote;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Problem;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Tally;
import dev.holdfast.report.result.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One test case as CI servers know it.
 *
 * @param message one line; for a failure what was seen
 * @param type the verdict's word
 * @param body everything else, in lines
 * @param group the id of the group of findings with the same cause; empty where there is none
 */
record JUnitCase(
    String suite,
    String className,
    String name,
    long durationMs,
    Result result,
    String message,
    String type,
    String body,
    String group) {

  /** The four results that CI servers tell apart. */
  enum Result {
    PASSED("", ""),
    FAILED("failure", "failures"),
    /** Nothing was shown: neither that the target holds nor that it fails. */
    ERROR("error", "errors"),
    SKIPPED("skipped", "skipped");

    private final String element;
    private final String countedAs;

    Result(String element, String countedAs) {
      this.element = element;
      this.countedAs = countedAs;
    }

    String element() {
      return element;
    }

    String countedAs() {
      return countedAs;
    }

    static Result of(Verdict verdict) {
      return switch (verdict) {
        case PASS, WARN -> PASSED;
        case FAIL -> FAILED;
        case INCONCLUSIVE, HARNESS_ERROR -> ERROR;
        case NOT_APPLICABLE -> SKIPPED;
      };
    }
  }

  /** All that a report has to say, as test cases. */
  static List<JUnitCase> all(RunReport report) {
    List<JUnitCase> cases = new ArrayList<>();
    report.problems().forEach(p -> cases.add(of(p)));
    Groups groups = Groups.of(report.findings());
    report.findings().forEach(f -> cases.add(of(f, groups, report.strict())));
    report.loads().forEach(l -> cases.add(of(l)));
    report.budgets().forEach(b -> cases.add(of(b)));
    report.knownFailures().forEach(n -> cases.add(of(n)));
    boolean green =
        cases.stream()
            .allMatch(c -> c.result().element().isEmpty() || c.result() == Result.SKIPPED);
    if (green && report.outcome().exitCode() != 0) {
      cases.add(of(new Problem(ExitCode.INCONCLUSIVE, report.outcome().reason())));
    }
    return numbered(cases);
  }

  /** Of several cases with one name a CI server may keep only one, so the others get a number. */
  private static List<JUnitCase> numbered(List<JUnitCase> cases) {
    Map<String, Integer> counts = new HashMap<>();
    return cases.stream()
        .map(c -> c.numbered(counts.merge(c.className() + " " + c.name(), 1, Integer::sum)))
        .toList();
  }

  private JUnitCase numbered(int nth) {
    return nth == 1
        ? this
        : new JUnitCase(
            suite, className, name + " #" + nth, durationMs, result, message, type, body, group);
  }

  private static JUnitCase of(Finding f, Groups groups, boolean strict) {
    Result result =
        f.isKnown() ? Result.SKIPPED : f.fails(strict) ? Result.FAILED : Result.of(f.verdict());
    String why = f.seen() == null ? f.requirement() : f.seen();
    String message = f.isKnown() ? "known to fail: " + f.known() : why;
    String section = f.address().replaceFirst("/[^/]*$", "").replace('/', '.');
    String group = result == Result.FAILED ? groups.holding(f).map(Group::id).orElse("") : "";
    return new JUnitCase(
        f.stage().toString(),
        f.stage() + "." + section,
        f.title(),
        f.durationMs(),
        result,
        message,
        f.verdict().toString(),
        f.verdict() == Verdict.PASS ? f.requirement() : PlainText.details(f),
        group);
  }

  private static JUnitCase of(LoadResult load) {
    Verdict verdict =
        load.conversationsBroken() > 0
            ? Verdict.FAIL
            : load.conversationsChecked() == 0 ? Verdict.INCONCLUSIVE : Verdict.PASS;
    String message =
        String.format(
            Locale.ROOT,
            "%d of %d conversations broken",
            load.conversationsBroken(),
            load.conversationsChecked());
    return single("load", load.profile(), load.durationMs(), verdict, message);
  }

  private static JUnitCase of(BudgetResult b) {
    String note = b.note().isEmpty() ? "" : ": " + b.note();
    String message = Tally.budget(b) + " " + b.unit() + note;
    return single("budgets", b.name(), 0, b.verdict(), message);
  }

  private static JUnitCase of(KnownFailureNote n) {
    String message = n.where() + ": " + n.message();
    return single("known-failures", n.pattern(), 0, Verdict.FAIL, message);
  }

  private static JUnitCase of(Problem p) {
    return single("run", p.exit().toString(), 0, Verdict.INCONCLUSIVE, p.message());
  }

  private static JUnitCase single(
      String suite, String name, long durationMs, Verdict verdict, String message) {
    return new JUnitCase(
        suite,
        suite,
        name,
        durationMs,
        Result.of(verdict),
        message,
        verdict.toString(),
        message,
        "");
  }
}
