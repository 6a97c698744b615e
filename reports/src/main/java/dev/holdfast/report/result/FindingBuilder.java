package dev.holdfast.report.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills a {@link Finding} step by step and ends with its verdict. */
public final class FindingBuilder {
  private final Stage stage;
  private final String address;
  private final String requirement;
  private String clause;
  private Level level = Level.MUST;
  private String profile = "core";
  private long durationMs;
  private @Nullable String expected;
  private @Nullable String likelyCause;
  private @Nullable String rerun;
  private List<TraceLine> trace = List.of();
  private List<CheckResult> checks = List.of();

  FindingBuilder(Stage stage, String address, String requirement) {
    this.stage = stage;
    this.address = address;
    this.requirement = requirement;
    this.clause = address;
  }

  /** The clause judged, where it is not called like the finding. */
  public FindingBuilder clause(String address) {
    this.clause = address;
    return this;
  }

  public FindingBuilder level(Level level) {
    this.level = level;
    return this;
  }

  public FindingBuilder profile(String profile) {
    this.profile = profile;
    return this;
  }

  public FindingBuilder took(long durationMs) {
    this.durationMs = durationMs;
    return this;
  }

  public FindingBuilder expected(@Nullable String expected) {
    this.expected = expected;
    return this;
  }

  public FindingBuilder likelyCause(@Nullable String likelyCause) {
    this.likelyCause = likelyCause;
    return this;
  }

  public FindingBuilder rerun(@Nullable String command) {
    this.rerun = command;
    return this;
  }

  public FindingBuilder trace(List<TraceLine> trace) {
    this.trace = trace;
    return this;
  }

  public FindingBuilder checks(List<CheckResult> checks) {
    this.checks = checks;
    return this;
  }

  public Finding pass() {
    return verdict(Verdict.PASS, null);
  }

  /** The requirement does not hold: a failure if it is a MUST, a warning if it is a SHOULD. */
  public Finding violated(String seen) {
    return verdict(level == Level.MUST ? Verdict.FAIL : Verdict.WARN, seen);
  }

  public Finding inconclusive(String why) {
    return verdict(Verdict.INCONCLUSIVE, why);
  }

  public Finding notApplicable(String why) {
    return verdict(Verdict.NOT_APPLICABLE, why);
  }

  public Finding harnessError(String what) {
    return verdict(Verdict.HARNESS_ERROR, what);
  }

  /** Ends with a verdict reached elsewhere. */
  public Finding verdict(Verdict verdict, @Nullable String seen) {
    return new Finding(
        stage,
        address,
        clause,
        requirement,
        level,
        profile,
        verdict,
        durationMs,
        expected,
        seen,
        likelyCause,
        rerun,
        trace,
        checks,
        null,
        Account.NONE);
  }
}
