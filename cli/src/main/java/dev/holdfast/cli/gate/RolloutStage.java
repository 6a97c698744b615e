package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Subject;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.rollout.Census;
import dev.holdfast.scenarios.rollout.CohortJudge;
import dev.holdfast.scenarios.rollout.CohortTrial;
import dev.holdfast.scenarios.rollout.HttpTransports;
import dev.holdfast.scenarios.rollout.KillSwitchDrill;
import dev.holdfast.scenarios.rollout.RolloutCheck;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether each user is on the transport they should be on, whether those on WebSockets fare worse,
 * and whether turning the WebSocket off loses anything.
 */
public final class RolloutStage implements GateStage {
  private static final double ALPHA = 0.05;
  private static final double MARGIN = 0.02;
  private static final long PATIENCE_MS = 20_000;
  private static final CohortTrial.Plan TRIAL = new CohortTrial.Plan(10, 1_000, 500, 5_000);

  private final int users;
  private final int drillPeople;
  private final List<Profile> drilled;

  /**
   * A rollout of so many users.
   *
   * @param drillPeople how many are talking when the WebSocket is turned off
   * @param drilled what they speak, a drill each
   */
  public RolloutStage(int users, int drillPeople, List<Profile> drilled) {
    this.users = users;
    this.drillPeople = drillPeople;
    this.drilled = List.copyOf(drilled);
  }

  @Override
  public Stage stage() {
    return Stage.ROLLOUT;
  }

  /** A target without HTTP has no second transport that a rollout could choose. */
  @Override
  public boolean appliesTo(Subject subject) {
    return subject.target().http() != null;
  }

  @Override
  public void run(Run run) throws Exception {
    URI http = java.util.Objects.requireNonNull(run.subject().target().http());
    boolean reference = run.subject().isReference();
    run.progress().stageStarted(Stage.ROLLOUT, reference ? 5 + drilled.size() : 5);
    if (reference) {
      try (ReferenceFlag flag = ReferenceFlag.start()) {
        members(run, new RolloutCheck(new Census("user", users)).raise(flag));
        for (Profile profile : drilled) {
          drill(run, flag, profile);
        }
      }
    } else {
      try (HttpTransports transports = new HttpTransports(http)) {
        double percent = transports.percent();
        members(run, new RolloutCheck(new Census("user", users)).asIs(percent, transports));
      }
    }
    trial(run, run.subject().target(), http);
    run.progress().stageEnded(Stage.ROLLOUT);
  }

  private static FindingBuilder about(String clause) {
    return Finding.about(Stage.ROLLOUT, clause, Clauses.at(clause).sentence())
        .rerun("./holdfast gate");
  }

  private static void hand(Run run, Finding finding) {
    run.progress().finished(finding);
    run.add(finding);
  }

  private void members(Run run, RolloutCheck.Result result) {
    String unfair =
        result.unfair().stream()
            .map(RolloutCheck.Share::toString)
            .collect(Collectors.joining("; "));
    String shares =
        result.shares().stream()
            .map(RolloutCheck.Share::toString)
            .collect(Collectors.joining("; "));
    hand(run, end(about("rollout/share-is-binomial").expected(shares), unfair));
    hand(run, end(about("rollout/sticky"), result.sticky()));
    hand(run, end(about("rollout/by-flag-and-user"), result.session()));
    hand(
        run,
        run.subject().isReference()
            ? end(about("rollout/monotonic"), result.monotonic())
            : about("rollout/monotonic")
                .notApplicable("only its owner can raise the share of this target"));
  }

  private static Finding end(FindingBuilder finding, @Nullable String violation) {
    return violation == null || violation.isEmpty() ? finding.pass() : finding.violated(violation);
  }

  private void drill(Run run, ReferenceFlag flag, Profile profile) throws Exception {
    long began = System.nanoTime();
    KillSwitchDrill.Outcome outcome =
        new KillSwitchDrill(flag.ws(), flag.http(), profile, PATIENCE_MS)
            .play(drillPeople, flag::enable, "drill", run.seed());
    String name = "rollout/kill-switch-loses-nothing";
    run.evidence(
        "rollout/" + profile.word() + "/drill/history.jsonl", Histories.lines(outcome.records()));
    FindingBuilder finding =
        about(name).profile(profile.word()).took((System.nanoTime() - began) / 1_000_000);
    hand(run, DrillFinding.of(finding, outcome, drillPeople));
  }

  private static void trial(Run run, Target target, URI http) throws InterruptedException {
    String words = java.util.Objects.requireNonNull(target.stimulus(Target.Stimulus.PLAIN));
    CohortJudge judge = new CohortJudge(ALPHA, MARGIN);
    long began = System.nanoTime();
    CohortJudge.Judgement judgement =
        new CohortTrial(target.url(), http, words)
            .play(TRIAL, judge, Long.toString(run.seed() & 0xffff, 36));
    FindingBuilder finding =
        Finding.about(
                Stage.ROLLOUT,
                "rollout/cohort-is-no-worse",
                "Answers on the WebSocket fail and are late no more often than over HTTP.")
            .took((System.nanoTime() - began) / 1_000_000)
            .rerun("./holdfast gate");
    hand(run, TrialFinding.of(finding, judgement, ALPHA, MARGIN, TRIAL.lateMs()));
  }
}
