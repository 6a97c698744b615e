package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.report.result.Account;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.audit.AuditEntry;
import dev.holdfast.scenarios.audit.ServerLog;
import dev.holdfast.scenarios.chaos.Verdicts;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.History;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What there is to tell of a story that was played, beyond its verdict. */
public final class Accounts {
  private Accounts() {}

  /**
   * The finding with its blame, figures and pictures.
   *
   * @param log what the server wrote down itself, as {@link #entries} has it
   */
  public static Finding with(Finding finding, History history, List<AuditEntry> log) {
    Testimony testimony = new Testimony(history.records(), log);
    return finding.with(
        new Account(
            Blames.of(finding, testimony, history.profile(), name -> whose(name, history)),
            Recoveries.of(testimony),
            Pictures.of(finding, testimony)));
  }

  /**
   * Whose doing it is that somebody objects to an invented story; null where nobody does.
   *
   * @param history the events that the judges read
   * @param records everybody's, told by one clock
   */
  public static @Nullable Blame blame(
      History history, List<HistoryRecord> records, List<AuditEntry> log) {
    List<CheckResult> objections =
        Checkers.all().stream()
            .map(checker -> Verdicts.result(checker.name(), checker.judge(history)))
            .filter(result -> result.verdict() == Verdict.FAIL)
            .toList();
    if (objections.isEmpty()) {
      return null;
    }
    Finding finding =
        Finding.about(Stage.SIMULATION, "story", "an invented story")
            .checks(objections)
            .violated(objections.get(0).evidence());
    Testimony testimony = new Testimony(records, log);
    return Blames.of(finding, testimony, history.profile(), name -> whose(name, history));
  }

  private static @Nullable Source whose(String checker, History history) {
    return Checkers.named(checker).judge(history).by();
  }

  /**
   * What a server's own journal says of a story, read only where there is somebody to blame. A log
   * that cannot be read tells nothing; that is no verdict on anybody.
   */
  public static List<AuditEntry> entries(Finding finding, History history, ServerLog log) {
    if (finding.verdict() != Verdict.FAIL && finding.verdict() != Verdict.WARN) {
      return List.of();
    }
    Set<String> sessions =
        history.records().stream()
            .map(HistoryRecord::session)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    try {
      return log.entries().stream()
          .filter(entry -> entry.session() == null || sessions.contains(entry.session()))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
