package dev.holdfast.load;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Verdict;
import java.util.List;

/**
 * The moment at which a conversation broke.
 *
 * <p>What must not come breaks it when it comes: it is the last record of the shortest beginning
 * that a judge fails. A message that nothing came of breaks it when it is said, for whatever went
 * wrong went wrong behind that, and while nothing comes nothing can be seen.
 */
final class BreakingPoint {
  /** The judge who waits for something: he fails every beginning that ends before an answer. */
  private static final String WAITS = "no_loss";

  private final ConversationJudge judge;
  private final Profile profile;
  private final List<HistoryRecord> conversation;

  BreakingPoint(ConversationJudge judge, Profile profile, List<HistoryRecord> conversation) {
    this.judge = judge;
    this.profile = profile;
    this.conversation = conversation;
  }

  /** By the judge who saw something break first; of {@link System#nanoTime}. */
  long nanos(List<CheckResult> checks) {
    return checks.stream()
        .filter(c -> c.verdict() == Verdict.FAIL)
        .mapToLong(c -> c.checker().equals(WAITS) ? said(c) : came(c))
        .min()
        .orElseGet(this::end);
  }

  private long end() {
    return conversation.isEmpty() ? 0 : conversation.getLast().monoNs();
  }

  private long said(CheckResult check) {
    return conversation.stream()
        .filter(r -> r.kind() == Kind.INVOKE && r.op().equals("say"))
        .filter(r -> check.evidence().contains(" said " + r.text("id") + ","))
        .mapToLong(HistoryRecord::monoNs)
        .findFirst()
        .orElseGet(this::end);
  }

  /** Halves the distance between a beginning that holds and one that does not. */
  private long came(CheckResult check) {
    int holds = 0;
    int fails = conversation.size();
    while (fails - holds > 1) {
      int middle = (holds + fails) >>> 1;
      if (fails(check.checker(), conversation.subList(0, middle))) {
        fails = middle;
      } else {
        holds = middle;
      }
    }
    return fails == 0 ? 0 : conversation.get(fails - 1).monoNs();
  }

  private boolean fails(String checker, List<HistoryRecord> beginning) {
    return judge.judge(profile, beginning).stream()
        .anyMatch(c -> c.checker().equals(checker) && c.verdict() == Verdict.FAIL);
  }
}
