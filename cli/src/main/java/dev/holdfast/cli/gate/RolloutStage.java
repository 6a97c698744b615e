package dev.holdfast.cli.gate;

import static java.util.Objects.requireNonNull;

import dev.holdfast.cli.config.Config;
import dev.holdfast.cli.evidence.RolloutRecord;
import dev.holdfast.cli.evidence.RolloutVerdict;
import dev.holdfast.cli.evidence.Rules;
import dev.holdfast.cli.evidence.TrialFinding;
import dev.holdfast.cli.run.Run;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Endpoint;
import dev.holdfast.scenarios.rollout.CohortJudge;
import dev.holdfast.scenarios.rollout.CohortTrial;
import dev.holdfast.scenarios.rollout.CommandTransports;
import dev.holdfast.scenarios.rollout.HttpTransports;
import dev.holdfast.scenarios.rollout.KillSwitchDrill;
import dev.holdfast.scenarios.rollout.RolloutCheck;
import dev.holdfast.scenarios.rollout.RolloutCheck.Asked;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether each user is on the transport they should be on, whether those on WebSockets fare worse,
 * and whether turning the WebSocket off loses anything.
 */
public final class RolloutStage implements GateStage {
  private static final long PATIENCE_MS = 20_000;
  private static final long COMMAND_PATIENCE_MS = 10_000;
  private static final int TRIAL_PEOPLE = 10;

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

  /** Without HTTP and without a command that answers there is nobody to ask who is in. */
  @Override
  public boolean appliesTo(Run run) {
    return run.subject().target().http() != null
        || !run.config().more().rollout().command().isEmpty();
  }

  @Override
  public void run(Run run) throws Exception {
    URI http = run.subject().target().http();
    boolean reference = run.subject().isReference();
    run.progress().stageStarted(Stage.ROLLOUT, reference ? 5 + drilled.size() : 5);
    if (reference) {
      try (ReferenceFlag flag = ReferenceFlag.start()) {
        members(run, check().raise(flag));
        for (Profile profile : drilled) {
          drill(run, flag, profile);
        }
      }
    } else {
      stranger(run, http);
    }
    if (http == null || !run.subject().target().has(Endpoint.CHAT)) {
      hand(run, TrialFinding.noControl());
    } else {
      trial(run, run.subject().target(), http);
    }
    run.progress().stageEnded(Stage.ROLLOUT);
  }

  /**
   * Asks who is in of a flag that only its owner may set: by their command, or their server. That
   * it does not answer is their fault and not ours.
   */
  private void stranger(Run run, @Nullable URI http) throws InterruptedException {
    Config.Rollout said = run.config().more().rollout();
    List<Asked> asked;
    try {
      if (!said.command().isEmpty()) {
        asked = byCommand(said, run.config().more().folder());
      } else {
        asked = byServer(run, said, requireNonNull(http));
      }
    } catch (IOException e) {
      RolloutVerdict.unanswered(String.valueOf(e.getMessage())).forEach(f -> hand(run, f));
      return;
    }
    if (asked.isEmpty()) {
      RolloutVerdict.nobodyAnswers().forEach(f -> hand(run, f));
    } else {
      members(run, asked);
    }
  }

  private List<Asked> byCommand(Config.Rollout said, @Nullable Path folder)
      throws IOException, InterruptedException {
    try (var transports = CommandTransports.start(said.command(), folder, COMMAND_PATIENCE_MS)) {
      return check().asIs(requireNonNull(said.percent()), transports);
    }
  }

  /** Nothing where the server has no answer to such questions, or none that counts. */
  private List<Asked> byServer(Run run, Config.Rollout said, URI http)
      throws IOException, InterruptedException {
    HttpTransports transports = new HttpTransports(http, run.subject().target().access());
    if (!run.subject().target().has(Endpoint.TRANSPORT) || !transports.offered()) {
      return List.of();
    }
    Double percent = said.percent();
    return check().asIs(percent == null ? transports.percent() : percent, transports);
  }

  private RolloutCheck check() {
    return new RolloutCheck(RolloutVerdict.census(users));
  }

  private static void hand(Run run, Finding finding) {
    run.progress().finished(finding);
    run.add(finding);
  }

  private static void members(Run run, List<Asked> asked) {
    run.evidence(RolloutRecord.CENSUS, RolloutRecord.census(asked));
    run.exhibit(RolloutVerdict.exhibits(RolloutVerdict.shares(asked), List.of()));
    RolloutVerdict.members(asked, run.subject().isReference()).forEach(f -> hand(run, f));
  }

  private void drill(Run run, ReferenceFlag flag, Profile profile) throws Exception {
    long began = System.nanoTime();
    KillSwitchDrill.Outcome outcome =
        new KillSwitchDrill(flag.ws(), flag.http(), profile, PATIENCE_MS)
            .play(drillPeople, flag::enable, "drill", run.seed());
    String folder = "rollout/" + profile.word() + "/drill/";
    List<String> judges = List.copyOf(outcome.judged().keySet());
    Rules rules =
        new Rules(
            profile, KillSwitchDrill.QUICK, History.NO_DURABILITY, judges, true, null, null, 1);
    run.evidence(folder + "history.jsonl", Histories.lines(outcome.records()));
    run.evidence(folder + "rules.json", rules.json());
    FindingBuilder finding =
        RolloutVerdict.about("rollout/kill-switch-loses-nothing")
            .profile(profile.word())
            .took((System.nanoTime() - began) / 1_000_000);
    hand(run, DrillFinding.of(finding, outcome, drillPeople));
  }

  private static void trial(Run run, Target target, URI http) throws InterruptedException {
    String words = requireNonNull(target.stimulus(Target.Stimulus.PLAIN));
    Config.Trial said = run.config().more().rollout().trial();
    CohortTrial.Plan plan =
        new CohortTrial.Plan(
            TRIAL_PEOPLE, said.answers(), said.lateMs(), said.answerTimeoutMs(), said.withinMs());
    CohortJudge judge = new CohortJudge(RolloutVerdict.ALPHA, RolloutVerdict.MARGIN);
    long began = System.nanoTime();
    new CohortTrial(target.url(), http, words, target.access())
        .play(plan, judge, Long.toString(run.seed() & 0xffff, 36));
    CohortJudge.Judgement judgement = judge.judge();
    run.evidence(RolloutRecord.TRIAL, RolloutRecord.trial(said.lateMs(), judge.heard()));
    run.exhibit(RolloutVerdict.exhibits(List.of(), RolloutVerdict.cohort(judgement)));
    long tookMs = (System.nanoTime() - began) / 1_000_000;
    hand(run, TrialFinding.of(judgement, said.lateMs(), tookMs));
  }
}
