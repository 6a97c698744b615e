package dev.holdfast.load;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.check.Checker;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.History;
import java.util.List;

/** The judges of the chaos scenarios, at work under load. */
final class Checks implements ConversationJudge {
  private static final List<Checker> CHECKERS =
      List.of(
          Checkers.named("no_loss"),
          Checkers.named("no_duplicate"),
          Checkers.named("in_order"),
          Checkers.named("one_terminal"));

  @Override
  public List<CheckResult> judge(Profile profile, List<HistoryRecord> conversation) {
    History history = new History(conversation, profile, Backoff.STANDARD);
    return CHECKERS.stream().map(c -> result(c, c.judge(history))).toList();
  }

  private static CheckResult result(Checker checker, Checker.Judged judged) {
    Verdict verdict =
        switch (judged.truth()) {
          case TRUE -> Verdict.PASS;
          case FALSE -> Verdict.FAIL;
          case UNKNOWN -> Verdict.INCONCLUSIVE;
          case EXCLUDED -> Verdict.NOT_APPLICABLE;
        };
    return new CheckResult(checker.name(), verdict, judged.evidence());
  }
}
