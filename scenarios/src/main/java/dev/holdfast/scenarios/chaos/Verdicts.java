package dev.holdfast.scenarios.chaos;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Direction;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.TraceLine;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.check.Checker;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.model.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges a story that was played, on sockets or in virtual time: the same judges for both. */
public final class Verdicts {
  private static final int MAX_TRACE = 400;
  private static final int MAX_TEXT = 400;
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
    FindingBuilder finding =
        Finding.about(stage, scenario.name(), scenario.title())
            .clause(scenario.clause())
            .profile(history.profile().word())
            .took(tookMs)
            .rerun(rerun);
    return judged(finding, scenario.expect(), history, missed);
  }

  /** The same from a history that was kept, of a finding that is said to come of it. */
  public static Finding again(
      Finding said, List<String> checkers, History history, @Nullable String missed) {
    FindingBuilder finding =
        Finding.about(said.stage(), said.address(), said.requirement())
            .clause(said.clause())
            .profile(history.profile().word())
            .took(said.durationMs())
            .rerun(said.rerun());
    return judged(finding, checkers, history, missed);
  }

  private static Finding judged(
      FindingBuilder finding, List<String> checkers, History history, @Nullable String missed) {
    List<CheckResult> checks = new ArrayList<>();
    for (String name : checkers) {
      Checker.Judged judged = Checkers.named(name).judge(history);
      checks.add(result(name, judged));
    }
    finding.checks(checks).trace(trace(history.records()));
    return concluded(finding, checks, missed);
  }

  /** Which expectation of a person was not met, by a finding that fails for that alone; or null. */
  public static @Nullable String missed(Finding finding) {
    return AS_WRITTEN.equals(finding.expected()) ? finding.seen() : null;
  }

  private static Finding concluded(
      FindingBuilder finding, List<CheckResult> checks, @Nullable String missed) {
    for (CheckResult check : checks) {
      if (check.verdict() == Verdict.FAIL) {
        return finding
            .expected(Checkers.named(check.checker()).requirement())
            .violated(check.evidence());
      }
    }
    if (missed != null) {
      return finding.expected(AS_WRITTEN).violated(missed);
    }
    for (CheckResult check : checks) {
      if (check.verdict() == Verdict.INCONCLUSIVE) {
        return finding.inconclusive(check.evidence());
      }
    }
    return finding.pass();
  }

  /** What a checker concluded, as reports show it. */
  public static CheckResult result(String checker, Checker.Judged judged) {
    Verdict verdict =
        switch (judged.truth()) {
          case TRUE -> Verdict.PASS;
          case FALSE -> Verdict.FAIL;
          case UNKNOWN -> Verdict.INCONCLUSIVE;
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
