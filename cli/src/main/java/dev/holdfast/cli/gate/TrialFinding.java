package dev.holdfast.cli.gate;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.scenarios.rollout.CohortJudge.Difference;
import dev.holdfast.scenarios.rollout.CohortJudge.Judgement;
import java.util.Locale;

/** The words for a comparison of cohort and control. */
final class TrialFinding {
  private TrialFinding() {}

  static Finding of(
      FindingBuilder finding, Judgement judgement, double alpha, double margin, double lateMs) {
    String said =
        String.format(
            Locale.ROOT,
            "%s over %d pairs: %s; %s (an answer is late after %.0f ms). Looked at after every answer,"
                + " with a chance of error of %s in all.",
            judgement.advice().toString().toLowerCase(Locale.ROOT).replace('_', ' '),
            judgement.failures().pairs().count(),
            words(judgement.failures()),
            words(judgement.late()),
            lateMs,
            alpha);
    return switch (judgement.advice()) {
      case ADVANCE -> finding.expected(said).pass();
      case ROLL_BACK ->
          finding
              .expected("rates that differ by less than " + percent(margin))
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
