package dev.holdfast.cli.evidence;

import static dev.holdfast.cli.evidence.RolloutVerdict.ALPHA;
import static dev.holdfast.cli.evidence.RolloutVerdict.MARGIN;

import dev.holdfast.report.format.Launcher;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.rollout.CohortJudge;
import dev.holdfast.scenarios.rollout.CohortJudge.Difference;
import dev.holdfast.scenarios.rollout.CohortJudge.Judgement;
import dev.holdfast.scenarios.rollout.Pairs;
import java.util.Locale;

/** The words for a comparison of cohort and control. */
public final class TrialFinding {
  private TrialFinding() {}

  private static FindingBuilder about() {
    return Finding.about(
            Stage.ROLLOUT,
            "rollout/cohort-is-no-worse",
            "Answers on the WebSocket fail and are late no more often than over HTTP.")
        .rerun(Launcher.with("gate"));
  }

  /** What is said of a target that has no HTTP: there is nobody to be compared with. */
  public static Finding noControl() {
    return about()
        .notApplicable(
            "needs HTTP to compare with; declare target.http and target.endpoints: [/api/chat]");
  }

  /**
   * What a trial showed.
   *
   * @param lateMs when an answer was taken for late
   */
  public static Finding of(Judgement judgement, long lateMs, long tookMs) {
    FindingBuilder finding = about().took(tookMs);
    String said =
        String.format(
            Locale.ROOT,
            "%s over %d pairs: %s; %s (an answer is late after %d ms). Looked at after every"
                + " answer by a betting test (Waudby-Smith and Ramdas 2024), with a chance of"
                + " error of %s in all.",
            judgement.advice().toString().toLowerCase(Locale.ROOT).replace('_', ' '),
            judgement.failures().pairs().count(),
            words(judgement.failures()),
            words(judgement.late()),
            lateMs,
            ALPHA);
    return switch (judgement.advice()) {
      case ADVANCE -> finding.expected(said).pass();
      case ROLL_BACK ->
          finding
              .expected("rates that differ by less than " + percent(MARGIN))
              .likelyCause("the WebSocket's path through the server, proxies or its own limits")
              .violated(said);
      case NO_COMPARISON -> finding.inconclusive(nothingToCompare(judgement, lateMs) + said);
      case HOLD -> finding.inconclusive("too few answers to tell: " + said);
    };
  }

  /** Which of the two it is that leaves nothing to compare, and what to do about it. */
  private static String nothingToCompare(Judgement judgement, long lateMs) {
    Pairs failed = judgement.failures().pairs();
    if (failed.controlRate() > CohortJudge.MOST_CONTROL_FAILED
        && failed.cohortRate() <= CohortJudge.MOST_FAILED) {
      return String.format(
          Locale.ROOT,
          "%.0f %% of %d answers fail over HTTP: an arm that is hardly ever answered is no control;"
              + " mend it first. ",
          100 * failed.controlRate(),
          failed.count());
    }
    if (failed.cohortRate() > CohortJudge.MOST_FAILED) {
      return String.format(
          Locale.ROOT,
          "%.0f %% of the answers fail on the WebSocket and %.0f %% over HTTP: being no worse than"
              + " that is no reason to go on; mend the answers first. ",
          100 * failed.cohortRate(),
          100 * failed.controlRate());
    }
    Pairs late = judgement.late().pairs();
    return String.format(
        Locale.ROOT,
        "%.0f %% of the answers are late on the WebSocket and %.0f %% over HTTP: %d ms is no limit"
            + " that this target keeps; declare rollout.late_ms. ",
        100 * late.cohortRate(),
        100 * late.controlRate(),
        lateMs);
  }

  private static String words(Difference difference) {
    return String.format(
        Locale.ROOT,
        "%s %s more often (between %s and %s)",
        difference.what(),
        percent(difference.seen()),
        percent(difference.low()),
        percent(difference.high()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%+.2f %%", share * 100);
  }
}
