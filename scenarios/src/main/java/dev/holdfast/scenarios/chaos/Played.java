package dev.holdfast.scenarios.chaos;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.Account;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Recovery;
import dev.holdfast.scenarios.audit.AuditEntry;
import dev.holdfast.scenarios.blame.Recoveries;
import java.util.List;

/**
 * A scenario that was played: what was concluded, and what it rests on.
 *
 * @param history what was seen
 * @param log what the server wrote down itself, where somebody is to be blamed
 */
public record Played(Finding finding, List<HistoryRecord> history, List<AuditEntry> log) {
  public Played {
    history = List.copyOf(history);
    log = List.copyOf(log);
  }

  /** One that says all itself. */
  public static Played without(Finding finding) {
    return new Played(finding, List.of(), List.of());
  }

  /** Of several plays of one scenario the worst, with the figures of all. */
  static Played worst(List<Played> repeats) {
    Played worst = repeats.get(0);
    for (Played one : repeats) {
      worst = badness(one) > badness(worst) ? one : worst;
    }
    if (repeats.size() == 1) {
      return worst;
    }
    Account account = worst.finding().account();
    List<Recovery> figures =
        Recoveries.over(repeats.stream().map(p -> p.finding().account().recovery()).toList());
    Finding finding =
        worst.finding().with(new Account(account.blame(), figures, account.pictures()));
    return new Played(finding, worst.history(), worst.log());
  }

  private static int badness(Played played) {
    return switch (played.finding().verdict()) {
      case PASS, NOT_APPLICABLE -> 0;
      case WARN -> 1;
      case INCONCLUSIVE -> 2;
      case HARNESS_ERROR -> 3;
      case FAIL -> 4;
    };
  }
}
