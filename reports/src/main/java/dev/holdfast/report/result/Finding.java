package dev.holdfast.report.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One conformance case, chaos scenario or check: what was asked, what was concluded and why.
 *
 * @param address its name, which says what it is: {@code heartbeat/pong-while-busy}
 * @param clause the clause of the protocol that it judges; empty when there is none
 * @param requirement the requirement as one sentence
 * @param profile the profile or capability that it belongs to
 * @param expected what had to be seen
 * @param seen what was seen instead; for an inconclusive or inapplicable one, why
 * @param likelyCause where to look first
 * @param rerun the command that runs just this again
 * @param trace the frames seen
 * @param checks what each history checker concluded
 * @param known why this failure is expected, when it is on the list of known failures
 * @param account whose doing it is, pictures and figures, where there are any
 */
public record Finding(
    Stage stage,
    String address,
    String clause,
    String requirement,
    Level level,
    String profile,
    Verdict verdict,
    long durationMs,
    @Nullable String expected,
    @Nullable String seen,
    @Nullable String likelyCause,
    @Nullable String rerun,
    List<TraceLine> trace,
    List<CheckResult> checks,
    @Nullable String known,
    Account account) {

  public Finding {
    trace = List.copyOf(trace);
    checks = List.copyOf(checks);
    account = account == null ? Account.NONE : account;
  }

  /** Starts a finding; the rest has sensible defaults. */
  public static FindingBuilder about(Stage stage, String address, String requirement) {
    return new FindingBuilder(stage, address, requirement);
  }

  /** Its address, and the profile where it is not core: one scenario may be played in both. */
  public String title() {
    return profile.equals("core") || profile.isEmpty() ? address : address + " (" + profile + ")";
  }

  /** This finding, marked as a failure that is expected for the given reason. */
  public Finding knownBecause(String reason) {
    return with(reason, account);
  }

  /** This finding, with what else there is to tell. */
  public Finding with(Account other) {
    return with(known, other);
  }

  private Finding with(@Nullable String known, Account account) {
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
        known,
        account);
  }

  /** What users suffer when its clause is broken. */
  public Consequence consequence() {
    return Consequence.of(clause.isEmpty() ? address : clause);
  }

  /** True for a failure that is on the list of known failures. */
  public boolean isKnown() {
    return known != null;
  }

  /** True when this alone makes the run fail. */
  public boolean fails() {
    return fails(false);
  }

  /** The same; where the run is strict a warning fails it too. */
  public boolean fails(boolean strict) {
    return (verdict == Verdict.FAIL || (strict && verdict == Verdict.WARN)) && !isKnown();
  }
}
