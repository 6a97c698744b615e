package dev.holdfast.report.result;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a report while its run is going on.
 *
 * <p>Safe for many threads: stages add side by side, and after Ctrl-C another thread builds what
 * there is so far.
 */
public final class RunReportBuilder {
  /** Stages play side by side; a report reads the same however they overlapped. */
  private static final Comparator<Finding> REPORTED =
      Comparator.comparing(Finding::stage)
          .thenComparing(Finding::address)
          .thenComparing(Finding::profile);

  private final String command;
  private final String target;
  private final Instant started;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<LoadResult> loads = new ArrayList<>();
  private final List<BudgetResult> budgets = new ArrayList<>();
  private final List<RolloutShare> rollout = new ArrayList<>();
  private final List<RateDifference> cohort = new ArrayList<>();
  private final List<Timeline> timelines = new ArrayList<>();
  private final List<AuditSummary> audit = new ArrayList<>();
  private final List<BaselineRatio> baseline = new ArrayList<>();
  private String holdfastVersion = "development";
  private KnownFailures known = KnownFailures.none();
  private Collection<String> everyAddress = List.of();
  private @Nullable Long seed;
  private @Nullable String partial;
  private boolean strict;

  RunReportBuilder(String command, String target, Instant started) {
    this.command = command;
    this.target = target;
    this.started = started;
  }

  public synchronized RunReportBuilder holdfastVersion(String version) {
    this.holdfastVersion = version;
    return this;
  }

  public synchronized RunReportBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /** From now on a warning fails the run. */
  public synchronized RunReportBuilder strict() {
    this.strict = true;
    return this;
  }

  /** One line of the environment; shown in the order given. */
  public synchronized RunReportBuilder environment(String name, String value) {
    environment.put(OneLine.of(name, 100), value);
    return this;
  }

  public synchronized RunReportBuilder add(Finding finding) {
    findings.add(finding);
    return this;
  }

  public synchronized RunReportBuilder add(LoadResult load) {
    loads.add(load);
    return this;
  }

  public synchronized RunReportBuilder budgets(List<BudgetResult> results) {
    budgets.addAll(results);
    return this;
  }

  /** Something to be shown beside the findings; it adds to what was given before. */
  public synchronized RunReportBuilder exhibit(Exhibits more) {
    rollout.addAll(more.rollout());
    cohort.addAll(more.cohort());
    timelines.addAll(more.timelines());
    audit.addAll(more.audit());
    baseline.addAll(more.baseline());
    return this;
  }

  /** Something that concerns the run as a whole. */
  public synchronized RunReportBuilder problem(ExitCode exit, String message) {
    problems.add(new Problem(exit, message));
    return this;
  }

  /** The run ended early, by a signal: {@link ExitCode#INTERRUPTED} or TERMINATED. */
  public synchronized RunReportBuilder cutShort(ExitCode signal, String why) {
    partial = why;
    return problem(signal, why);
  }

  /**
   * Failures that are expected.
   *
   * @param everyAddress all addresses that exist, run or not: a line that names none is an error
   */
  public synchronized RunReportBuilder known(KnownFailures known, Collection<String> everyAddress) {
    this.known = known;
    this.everyAddress = List.copyOf(everyAddress);
    return this;
  }

  /** Applies the known failures, judges the whole and gives the finished report. */
  public synchronized RunReport build(Instant ended) {
    List<Finding> inOrder = new ArrayList<>(findings);
    inOrder.sort(REPORTED);
    KnownFailures.Applied applied = known.applyTo(inOrder, everyAddress);
    Outcome outcome =
        Judgement.of(
            problems, applied.findings(), strict, loads, budgets, applied.notes(), baseline);
    return new RunReport(
        RunReport.SCHEMA_VERSION,
        outcome,
        holdfastVersion,
        command,
        target,
        seed,
        started,
        ended,
        partial,
        strict,
        environment,
        problems,
        applied.findings(),
        loads,
        budgets,
        applied.notes(),
        new Exhibits(rollout, cohort, sortedTimelines(), audit, baseline));
  }

  private List<Timeline> sortedTimelines() {
    return timelines.stream()
        .sorted(
            Comparator.comparing(Timeline::stage)
                .thenComparing(Timeline::address)
                .thenComparing(Timeline::profile))
        .toList();
  }
}
