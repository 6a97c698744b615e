package dev.holdfast.scenarios.chaos;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Direction;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.TraceLine;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.check.Checker;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.check.InDoubt;
import dev.holdfast.scenarios.check.Premise;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.machine.Starvation;
import dev.holdfast.scenarios.model.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges a story that was played, on sockets or in virtual time: the same judges for both. */
public final class Verdicts {
  private static final int MAX_TRACE = 400;
  private static final int MAX_TEXT = 400;

  /** What stands between why nothing is concluded and what was seen all the same. */
  private static final String WITHOUT_THAT = "; without that: ";

  /** How a starved machine says so. */
  private static final String STARVED = "this machine was starved";

  private static final String NOT_KEPT =
      "The server does not keep what it could not deliver; profile core only recommends that.";

  private static final String AS_WRITTEN = "every step of the script to go as written";

  private Verdicts() {}

  /**
   * The finding of one scenario.
   *
   * @param missed the first expectation of a person that was not met, in words, or null
   */
  public static Finding judge(
      Stage stage,
      Scenario scenario,
      History history,
      @Nullable String missed,
      long tookMs,
      String rerun) {
    return judge(stage, scenario, history, missed, Starvation.NONE, tookMs, rerun);
  }

  /**
   * The same of a scenario on a machine that had other things to do.
   *
   * @param missed the first expectation of a person that was not met, in words, or null
   * @param machine how much processor time the machine withheld meanwhile
   */
  public static Finding judge(
      Stage stage,
      Scenario scenario,
      History history,
      @Nullable String missed,
      Starvation machine,
      long tookMs,
      String rerun) {
    FindingBuilder finding =
        Finding.about(stage, scenario.name(), scenario.title())
            .clause(scenario.clause())
            .profile(history.profile().word())
            .took(tookMs)
            .rerun(rerun);
    String starved = machine.spoilsTiming() ? machine.toString() : null;
    return judged(
        finding,
        scenario.clause(),
        scenario.expect(),
        scenario.premise(),
        history,
        missed,
        starved);
  }

  /** The same from a history that was kept, of a finding that is said to come of it. */
  public static Finding again(
      Finding said,
      List<String> checkers,
      Premise premise,
      History history,
      @Nullable String missed) {
    FindingBuilder finding =
        Finding.about(said.stage(), said.address(), said.requirement())
            .clause(said.clause())
            .profile(history.profile().word())
            .took(said.durationMs())
            .rerun(said.rerun());
    return judged(finding, said.clause(), checkers, premise, history, missed, starved(said));
  }

  private static Finding judged(
      FindingBuilder finding,
      String clause,
      List<String> checkers,
      Premise premise,
      History history,
      @Nullable String missed,
      @Nullable String starved) {
    List<CheckResult> checks = new ArrayList<>();
    for (String name : checkers) {
      Checker.Judged judged = Checkers.named(name).judge(history);
      checks.add(result(name, judged));
    }
    finding.checks(checks).trace(trace(history.records()));
    Level level = Clauses.at(clause).level(history.profile());
    finding.level(level == Level.SHOULD ? Level.SHOULD : Level.MUST);
    String unproven = unproven(checks, premise, history);
    CheckResult failed = first(checks, Verdict.FAIL);
    if (unproven != null) {
      return inconclusive(finding, unproven, failed, missed);
    }
    boolean timeBound = failed == null || Checkers.named(failed.checker()).bindsTime();
    if (starved != null && timeBound && (failed != null || missed != null)) {
      return inconclusive(finding, starved, failed, missed);
    }
    if (failed == null && missed != null && InDoubt.in(history)) {
      finding.level(Level.SHOULD).likelyCause(NOT_KEPT);
    }
    return concluded(finding, checks, failed, missed);
  }

  /** Says what was seen beside: who reads it may look further. */
  private static Finding inconclusive(
      FindingBuilder finding, String why, @Nullable CheckResult failed, @Nullable String missed) {
    if (failed != null) {
      return finding.inconclusive(why + WITHOUT_THAT + failed.checker() + ": " + failed.evidence());
    }
    return missed == null
        ? finding.inconclusive(why)
        : finding.expected(AS_WRITTEN).inconclusive(why + WITHOUT_THAT + missed);
  }

  /** Which expectation of a person was not met, by the finding that says so; or null. */
  public static @Nullable String missed(Finding finding) {
    String seen = finding.seen();
    if (!AS_WRITTEN.equals(finding.expected()) || seen == null) {
      return null;
    }
    int at = seen.indexOf(WITHOUT_THAT);
    return at < 0 ? seen : seen.substring(at + WITHOUT_THAT.length());
  }

  /** How a finding says that the machine was starved; null where it does not. */
  private static @Nullable String starved(Finding said) {
    String seen = said.seen();
    if (said.verdict() != Verdict.INCONCLUSIVE || seen == null || !seen.startsWith(STARVED)) {
      return null;
    }
    int at = seen.indexOf(WITHOUT_THAT);
    return at < 0 ? null : seen.substring(0, at);
  }

  private static Finding concluded(
      FindingBuilder finding,
      List<CheckResult> checks,
      @Nullable CheckResult failed,
      @Nullable String missed) {
    if (failed != null) {
      return finding
          .level(Level.MUST)
          .expected(Checkers.named(failed.checker()).requirement())
          .violated(failed.evidence());
    }
    if (missed != null) {
      return finding.expected(AS_WRITTEN).violated(missed);
    }
    CheckResult open = first(checks, Verdict.INCONCLUSIVE);
    if (open != null) {
      return finding.inconclusive(open.evidence());
    }
    boolean judged = checks.isEmpty() || first(checks, Verdict.PASS) != null;
    return judged ? finding.pass() : finding.notApplicable(checks.getFirst().evidence());
  }

  /**
   * Why it is not proven that the scenario's situation arose: no client recorded anything, a fault
   * did not strike, or the history shows less than the scenario needs. Null where it is proven.
   */
  private static @Nullable String unproven(
      List<CheckResult> checks, Premise premise, History history) {
    if (history.events().stream().noneMatch(e -> e.source() == Source.CLIENT)) {
      return "the history is empty: no client recorded anything";
    }
    String unstruck = unstruck(checks);
    return unstruck == null ? premise.unproven(history) : unstruck;
  }

  /** Which fault did not strike; null where all struck or the scenario does not ask. */
  private static @Nullable String unstruck(List<CheckResult> checks) {
    return checks.stream()
        .filter(c -> c.checker().equals(Checkers.EVERY_FAULT_FIRED))
        .filter(c -> c.verdict() == Verdict.INCONCLUSIVE)
        .map(CheckResult::evidence)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable CheckResult first(List<CheckResult> checks, Verdict verdict) {
    return checks.stream().filter(c -> c.verdict() == verdict).findFirst().orElse(null);
  }

  /** What a checker concluded, as reports show it. */
  public static CheckResult result(String checker, Checker.Judged judged) {
    Verdict verdict =
        switch (judged.truth()) {
          case TRUE -> Verdict.PASS;
          case FALSE -> Verdict.FAIL;
          case UNKNOWN -> Verdict.INCONCLUSIVE;
          case EXCLUDED -> Verdict.NOT_APPLICABLE;
        };
    return new CheckResult(checker, verdict, judged.evidence());
  }

  /** What a person reads: frames, states and faults, merged by time within this one process. */
  private static List<TraceLine> trace(List<HistoryRecord> records) {
    long began = records.stream().mapToLong(HistoryRecord::monoNs).min().orElse(0);
    return records.stream()
        .sorted(Comparator.comparingLong(HistoryRecord::monoNs))
        .filter(r -> direction(r) != null)
        .limit(MAX_TRACE)
        .map(r -> line(r, began))
        .toList();
  }

  private static @Nullable Direction direction(HistoryRecord r) {
    return switch (r.kind()) {
      case FRAME -> "in".equals(r.text("direction")) ? Direction.RECEIVED : Direction.SENT;
      case STATE -> r.op().equals("latency") || r.op().equals("deliver") ? null : Direction.EVENT;
      case FAULT -> Direction.FAULT;
      case FAIL, INDETERMINATE -> Direction.EVENT;
      default -> null;
    };
  }

  private static TraceLine line(HistoryRecord r, long began) {
    Direction direction = direction(r);
    String on = r.connection() == null ? r.process() : r.process() + "#" + r.connection();
    return new TraceLine(
        (r.monoNs() - began) / 1_000_000,
        on,
        direction == null ? Direction.EVENT : direction,
        text(r));
  }

  private static String text(HistoryRecord r) {
    String text = r.text("text");
    if (text == null) {
      return r.op() + (r.data().isEmpty() ? "" : " " + r.data());
    }
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
  }
}
