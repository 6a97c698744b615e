package dev.holdfast.cli.evidence;

import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Tally;
import dev.holdfast.report.result.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that two bundles say differently.
 *
 * @param kind verdict, finding, budget, load, run
 * @param a what the first says; {@code –} for nothing
 * @param worse whether it is a verdict that got worse; a figure alone never does
 */
public record Difference(String kind, String name, String a, String b, boolean worse) {
  private static final String NOTHING = "–";

  /** All that differs, in the order of a report. */
  public static List<Difference> between(RunReport a, RunReport b) {
    List<Difference> all = new ArrayList<>();
    boolean worse = rank(b.outcome().verdict()) > rank(a.outcome().verdict());
    add(all, "verdict", "", a.outcome().reason(), b.outcome().reason(), worse);
    findings(a, b, all);
    budgets(a, b, all);
    loads(a, b, all);
    add(all, "run", "holdfast", a.holdfastVersion(), b.holdfastVersion(), false);
    add(all, "run", "target", a.target(), b.target(), false);
    add(all, "run", "seed", String.valueOf(a.seed()), String.valueOf(b.seed()), false);
    environment(a, b, all);
    return all;
  }

  private static void findings(RunReport a, RunReport b, List<Difference> all) {
    Map<String, Finding> before = byTitle(a);
    Map<String, Finding> after = byTitle(b);
    for (String title : either(before.keySet(), after.keySet())) {
      Finding was = before.get(title);
      Finding is = after.get(title);
      Verdict from = was == null ? null : was.verdict();
      boolean worse = is != null && rank(is.verdict()) > (from == null ? 0 : rank(from));
      add(all, "finding", title, word(was), word(is), worse);
    }
  }

  private static Map<String, Finding> byTitle(RunReport report) {
    Map<String, Finding> findings = new LinkedHashMap<>();
    report.findings().forEach(f -> findings.put(f.stage() + " " + f.title(), f));
    return findings;
  }

  private static String word(@Nullable Finding finding) {
    return finding == null ? NOTHING : finding.verdict().label();
  }

  private static void budgets(RunReport a, RunReport b, List<Difference> all) {
    Map<String, BudgetResult> before = new LinkedHashMap<>();
    Map<String, BudgetResult> after = new LinkedHashMap<>();
    a.budgets().forEach(one -> before.put(one.name(), one));
    b.budgets().forEach(one -> after.put(one.name(), one));
    for (String name : either(before.keySet(), after.keySet())) {
      BudgetResult was = before.get(name);
      BudgetResult is = after.get(name);
      boolean worse = is != null && rank(is.verdict()) > (was == null ? 0 : rank(was.verdict()));
      add(all, "budget", name, figure(was), figure(is), worse);
    }
  }

  private static String figure(@Nullable BudgetResult budget) {
    if (budget == null) {
      return NOTHING;
    }
    Double measured = budget.measured();
    String value = measured == null ? "not measured" : Tally.number(measured);
    return value + " of " + Tally.number(budget.limit()) + " " + budget.unit();
  }

  private static void loads(RunReport a, RunReport b, List<Difference> all) {
    if (a.loads().size() != 1 || b.loads().size() != 1) {
      return;
    }
    for (Percentiles was : a.loads().getFirst().latencies()) {
      b.loads()
          .getFirst()
          .latency(was.kind())
          .ifPresent(is -> {
            if (was.samples() > 0 && is.samples() > 0) {
              add(all, "load", was.kind() + " p50", ms(was.p50Us()), ms(is.p50Us()), false);
              add(all, "load", was.kind() + " p99", ms(was.p99Us()), ms(is.p99Us()), false);
            }
          });
    }
  }

  private static String ms(long us) {
    return Tally.number(us / 1_000.0) + " ms";
  }

  private static void environment(RunReport a, RunReport b, List<Difference> all) {
    for (String name : either(a.environment().keySet(), b.environment().keySet())) {
      String was = a.environment().getOrDefault(name, NOTHING);
      String is = b.environment().getOrDefault(name, NOTHING);
      add(all, "run", name, was, is, false);
    }
  }

  private static Set<String> either(Set<String> a, Set<String> b) {
    Set<String> both = new LinkedHashSet<>(a);
    both.addAll(b);
    return both;
  }

  private static void add(
      List<Difference> all, String kind, String name, String a, String b, boolean worse) {
    if (!a.equals(b)) {
      all.add(new Difference(kind, name, a, b, worse));
    }
  }

  private static int rank(Verdict verdict) {
    return switch (verdict) {
      case PASS, NOT_APPLICABLE -> 0;
      case WARN -> 1;
      case INCONCLUSIVE -> 2;
      case FAIL, HARNESS_ERROR -> 3;
    };
  }
}
