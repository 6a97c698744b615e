package dev.holdfast.cli.gate;

import dev.holdfast.cli.evidence.MemoryRecord;
import dev.holdfast.cli.evidence.RolloutRecord;
import dev.holdfast.cli.evidence.RolloutVerdict;
import dev.holdfast.cli.evidence.TrialFinding;
import dev.holdfast.cli.run.ReportOptions;
import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.TargetOptions;
import dev.holdfast.cli.run.Terminal;
import dev.holdfast.load.LoadMerge;
import dev.holdfast.load.LoadOutcome;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.RolloutBucket;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.conformance.Pace;
import dev.holdfast.scenarios.conformance.ServerCases;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.rollout.CohortJudge;
import dev.holdfast.scenarios.rollout.RolloutCheck;
import dev.holdfast.scenarios.world.WorldRun;
import dev.holdfast.server.misbehaviour.Misbehaviour;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A bundle with something of everything that a gate leaves behind, made in seconds: a few cases,
 * one scenario in each world, a census and a trial and a load that are made up.
 */
@Command(name = "small")
public final class SmallBundle implements Callable<Integer> {
  private static final int USERS = 400;
  private static final long LATE_MS = 500;
  private static @Nullable Path made;
  private static @Nullable Path failing;
  private static final int MOST_TIMES = 5;

  private final boolean fails;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin TargetOptions target = new TargetOptions();
  @Mixin ReportOptions report = new ReportOptions();

  private SmallBundle(boolean fails) {
    this.fails = fails;
  }

  /** A bundle that passes, made once; whoever changes it takes a copy. */
  public static synchronized Path made() {
    Path bundle = made == null ? again(false) : made;
    made = bundle;
    return bundle;
  }

  /**
   * One that fails: a server that ends a run twice was simulated, and a server was slow after it
   * had been restarted.
   */
  public static synchronized Path failing() {
    Path bundle = failing == null ? again(true) : failing;
    failing = bundle;
    return bundle;
  }

  /** Makes one that passes in a folder, for a test that needs another JVM to write it. */
  public static void main(String[] args) throws IOException {
    made(false, Path.of(args[0]));
    System.exit(0);
  }

  /** On a busy machine a stage may find something late: then the bundle is made again. */
  private static Path again(boolean fails) {
    for (int i = 1; i < MOST_TIMES; i++) {
      try {
        return made(fails);
      } catch (IllegalStateException e) {
        System.out.println("a bundle is made again: " + e.getMessage());
      }
    }
    return made(fails);
  }

  private static Path made(boolean fails) {
    try {
      return made(fails, Files.createTempDirectory("holdfast-small").resolve("bundle"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path made(boolean fails, Path bundle) throws IOException {
    int code =
        new CommandLine(new SmallBundle(fails))
            .execute("--out", bundle.toString(), "--seed", "7", "--quiet");
    if (code != (fails ? 1 : 0)) {
      throw new IllegalStateException(Files.readString(bundle.resolve("summary.md")));
    }
    return bundle;
  }

  @Override
  public Integer call() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false);
    Shell shell = new Shell(nowhere, nowhere, Map.of(), Terminal.NONE, Signals.NONE);
    return Run.of(shell, spec, target, report, this::play);
  }

  private void play(Run run) throws Exception {
    List<Scenario> scenarios =
        ChaosScenarios.ALL.stream().filter(s -> s.name().equals("cut-mid-run")).toList();
    run.during(
        Stage.CONFORMANCE,
        new ConformanceStage(ServerCases.quick(Profile.RESUME).subList(0, 6), 1, Pace.STANDARD)
            ::run);
    if (fails) {
      run.during(Stage.SIMULATION, r -> twin(r, scenarios));
    } else {
      run.during(Stage.SIMULATION, new SimulationStage(scenarios)::run);
    }
    run.during(Stage.CHAOS, new ChaosStage(scenarios, new EngineChoice.Embedded())::run);
    run.during(Stage.ROLLOUT, SmallBundle::rollout);
    run.during(Stage.LOAD, this::load);
    run.during(Stage.AUDIT, new AuditStage()::run);
  }

  private static void twin(Run run, List<Scenario> scenarios) {
    var wrong = Misbehaviour.named("two-terminals");
    WorldRun world =
        WorldRun.reference(Profile.CORE)
            .with(ClientMachine::new, config -> wrong.apply(new SessionMachine(config)));
    for (Scenario scenario : scenarios) {
      new Histories(run, Profile.CORE, scenarios)
          .take(world.play(scenario, run.seed(), "./holdfast gate --seed " + run.seed()));
    }
  }

  private static void rollout(Run run) throws IOException, InterruptedException {
    var asked = new RolloutCheck(RolloutVerdict.census(USERS)).raise(new FairFlag());
    run.evidence(RolloutRecord.CENSUS, RolloutRecord.census(asked));
    run.exhibit(RolloutVerdict.exhibits(RolloutVerdict.shares(asked), List.of()));
    RolloutVerdict.members(asked, true).forEach(run::add);
    CohortJudge judge = new CohortJudge(RolloutVerdict.ALPHA, RolloutVerdict.MARGIN);
    while (judge.judge().advice() == CohortJudge.Advice.HOLD) {
      judge.take(new CohortJudge.Heard(true, new CohortJudge.Answer(false, false)));
      judge.take(new CohortJudge.Heard(false, new CohortJudge.Answer(false, false)));
    }
    run.evidence(RolloutRecord.TRIAL, RolloutRecord.trial(LATE_MS, judge.heard()));
    run.exhibit(RolloutVerdict.exhibits(List.of(), RolloutVerdict.cohort(judge.judge())));
    run.add(TrialFinding.of(judge.judge(), LATE_MS, 42));
  }

  private void load(Run run) throws IOException {
    SmallLoad.writeTo(run.evidencePath("load/plan.json").resolveSibling(""), fails);
    LoadOutcome outcome = LoadMerge.of(List.of(run.folder()), run.folder().toAbsolutePath());
    MemoryRecord memory = new MemoryRecord(100, 5_000_000, 6_234_567);
    run.evidence(MemoryRecord.FILE, memory.json());
    Budgets budgets =
        Budgets.of(
            Map.of(
                "round_trip_p99_ms", fails ? 10 : 100,
                "recovery_p95_ms", 5_000,
                "loss_conversations", 0));
    LoadReport.hand(
        run,
        outcome.with(Objects.requireNonNull(outcome.result()).withConnectionBytes(memory.each())),
        budgets,
        List.of());
  }

  /** A flag that answers as the protocol has it. */
  private static final class FairFlag implements RolloutCheck.Flag {
    private double percent = 100;

    @Override
    public boolean websocket(String userId, String sessionId) {
      return RolloutBucket.includes(RolloutBucket.WEBSOCKET_FLAG, userId, percent);
    }

    @Override
    public void set(double wanted) {
      percent = wanted;
    }

    @Override
    public void restart() {}
  }
}
