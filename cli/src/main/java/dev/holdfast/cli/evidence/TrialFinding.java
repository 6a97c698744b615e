package dev.holdfast.cli.evidence;

import static dev.holdfast.cli.evidence.RolloutVerdict.ALPHA;
import static dev.holdfast.cli.evidence.RolloutVerdict.MARGIN;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.rollout.CohortJudge.Difference;
import dev.holdfast.scenarios.rollout.CohortJudge.Judgement;
import java.util.Locale;

/** The words for a comparison of cohort and control. */
public final class TrialFinding {
  /** An answer that takes longer is late. */
  public static final double LATE_MS = 500;

  private TrialFinding() {}

  /** What a trial showed. */
  public static Finding of(Judgement judgement, long tookMs) {
    FindingBuilder finding =
        Finding.about(
                Stage.ROLLOUT,
                "rollout/cohort-is-no-worse",
                "Answers on the WebSocket fail and are late no more often than over HTTP.")
            .took(tookMs)
            .rerun("./holdfast gate");
    String said =
        String.format(
            Locale.ROOT,
            "%s over %d pairs: %s; %s (an answer is late after %.0f ms). Looked at after every"
                + " answer, with a chance of error of %s in all.",
            judgement.advice().toString().toLowerCase(Locale.ROOT).replace('_', ' '),
            judgement.failures().pairs().count(),
            words(judgement.failures()),
            words(judgement.late()),
            LATE_MS,
            ALPHA);
    return switch (judgement.advice()) {
      case ADVANCE -> finding.expected(said).pass();
      case ROLL_BACK ->
          finding
              .expected("rates that differ by less than " + percent(MARGIN))
              .likelyCause("the WebSocket's path through the server, proxies or its own limits")
              .violated(said);
      case HOLD -> finding.inconclusive("too few answers to tell: " + said);
    };
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
