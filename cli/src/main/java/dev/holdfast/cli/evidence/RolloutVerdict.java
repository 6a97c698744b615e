package dev.holdfast.cli.evidence;

import dev.holdfast.report.format.Launcher;
import dev.holdfast.report.result.Exhibits;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.RateDifference;
import dev.holdfast.report.result.RolloutShare;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.rollout.Census;
import dev.holdfast.scenarios.rollout.CohortJudge;
import dev.holdfast.scenarios.rollout.RolloutCheck;
import dev.holdfast.scenarios.rollout.RolloutCheck.Asked;
import dev.holdfast.scenarios.rollout.RolloutCheck.Share;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges a rollout from its record alone, during the run and again from its evidence. */
public final class RolloutVerdict {
  /** The chance of rolling back, or of going on, for no reason. */
  public static final double ALPHA = 0.05;

  /** How much worse a rate may be and still count as no worse. */
  public static final double MARGIN = 0.02;

  private static final String SHARE = "rollout/share-is-binomial";
  private static final String STICKY = "rollout/sticky";
  private static final String BY_USER = "rollout/by-flag-and-user";

  /** The clause that only who may set the flag can be judged by. */
  static final String MONOTONIC = "rollout/monotonic";

  private RolloutVerdict() {}

  /** The census that all gates take. */
  public static Census census(int users) {
    return new Census("user", users);
  }

  /** A finding about a clause of the rollout. */
  public static FindingBuilder about(String clause) {
    return Finding.about(Stage.ROLLOUT, clause, Clauses.at(clause).sentence())
        .rerun(Launcher.with("gate"));
  }

  /** What was found of who is in. */
  public static List<Finding> members(List<Asked> asked, boolean ownFlag) {
    RolloutCheck.Result result = judged(asked);
    return List.of(
        share(result),
        end(about(STICKY), result.sticky()),
        end(about(BY_USER), result.session()),
        ownFlag
            ? end(about(MONOTONIC), result.monotonic())
            : about(MONOTONIC).notApplicable("only its owner can raise the share of this target"));
  }

  private static Finding share(RolloutCheck.Result result) {
    FindingBuilder finding = about(SHARE);
    return result.shares().isEmpty()
        ? finding.notApplicable("the percentage is not known; declare rollout.percent")
        : end(finding.expected(joined(result.shares())), joined(result.unfair()));
  }

  /** What is said of a target that cannot be asked who is in. */
  public static List<Finding> nobodyAnswers() {
    return Stream.of(SHARE, STICKY, BY_USER, MONOTONIC)
        .map(clause ->
            about(clause)
                .notApplicable(
                    "no /api/transport says who is in; declare target.endpoints: [/api/transport],"
                        + " or rollout.command and percent"))
        .toList();
  }

  /** What is said of a target that did not answer all that it was asked. */
  public static List<Finding> unanswered(String why) {
    return Stream.of(SHARE, STICKY, BY_USER)
        .map(clause -> about(clause).inconclusive("who is in cannot be told: " + why))
        .toList();
  }

  private static RolloutCheck.Result judged(List<Asked> asked) {
    return new RolloutCheck(census(asked.getFirst().users())).judge(asked);
  }

  private static String joined(List<Share> shares) {
    return shares.stream().map(Share::toString).collect(Collectors.joining("; "));
  }

  private static Finding end(FindingBuilder finding, @Nullable String violation) {
    return violation == null || violation.isEmpty() ? finding.pass() : finding.violated(violation);
  }

  /** The shares as a report shows them. */
  public static List<RolloutShare> shares(List<Asked> asked) {
    return judged(asked).shares().stream()
        .map(s ->
            new RolloutShare(s.percent(), s.in(), s.users(), s.bounds().low(), s.bounds().high()))
        .toList();
  }

  /** The comparison of cohort and control as a report shows it. */
  public static List<RateDifference> cohort(CohortJudge.Judgement judgement) {
    return List.of(difference(judgement.failures()), difference(judgement.late()));
  }

  private static RateDifference difference(CohortJudge.Difference d) {
    return new RateDifference(d.what(), d.pairs().count(), d.seen(), d.low(), d.high(), MARGIN);
  }

  /** Both as exhibits. */
  public static Exhibits exhibits(List<RolloutShare> shares, List<RateDifference> cohort) {
    return new Exhibits(shares, cohort, List.of(), List.of(), List.of());
  }
}
