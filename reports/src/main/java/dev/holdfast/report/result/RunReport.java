package dev.holdfast.report.result;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All there is to say about one run; each format shows this and nothing else.
 *
 * @param schemaVersion of this record as JSON
 * @param command as it was typed
 * @param seed what chance was drawn from; null when nothing was left to chance
 * @param partial why the run ended early; null when it is whole
 * @param strict whether a warning fails the run, as {@code --strict} wants
 * @param environment versions and machine, in the order in which they are shown
 * @param exhibits what is shown beside the findings
 */
public record RunReport(
    int schemaVersion,
    Outcome outcome,
    String holdfastVersion,
    String command,
    String target,
    @Nullable Long seed,
    Instant started,
    Instant ended,
    @Nullable String partial,
    boolean strict,
    Map<String, String> environment,
    List<Problem> problems,
    List<Finding> findings,
    List<LoadResult> loads,
    List<BudgetResult> budgets,
    List<KnownFailureNote> knownFailures,
    Exhibits exhibits) {

  /** The version that this code writes; one that only adds fields keeps its number. */
  public static final int SCHEMA_VERSION = 1;

  public RunReport {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    problems = List.copyOf(problems);
    findings = List.copyOf(findings);
    loads = List.copyOf(loads);
    budgets = List.copyOf(budgets);
    knownFailures = List.copyOf(knownFailures);
    exhibits = Objects.requireNonNullElse(exhibits, Exhibits.NONE);
  }

  /** The verdict on all that this holds, reached anew; equals {@link #outcome} in a true report. */
  public Outcome judgedAgain() {
    return Judgement.of(
        problems, findings, strict, loads, budgets, knownFailures, exhibits.baseline());
  }

  /** Starts the report of a run that begins now. */
  public static RunReportBuilder begin(String command, String target, Instant started) {
    return new RunReportBuilder(command, target, started);
  }

  /** The findings of one stage, in the order in which they came. */
  public List<Finding> findings(Stage stage) {
    return findings.stream().filter(f -> f.stage() == stage).toList();
  }

  /** How many findings have a verdict; known failures count as what they are. */
  public long count(Verdict verdict) {
    return findings.stream().filter(f -> f.verdict() == verdict).count();
  }

  /** The same with other findings. */
  public RunReport withFindings(List<Finding> others) {
    return new RunReport(
        schemaVersion,
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
        others,
        loads,
        budgets,
        knownFailures,
        exhibits);
  }

  public Duration duration() {
    return Duration.between(started, ended);
  }

  public boolean isPartial() {
    return partial != null;
  }
}
