package dev.holdfast.load;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.CheckResult;
import java.util.List;

/** Says of a whole conversation what holds. */
@FunctionalInterface
interface ConversationJudge {
  List<CheckResult> judge(Profile profile, List<HistoryRecord> conversation);
}
