package dev.holdfast.cli.gate;

import dev.holdfast.cli.evidence.MemoryRecord;
import dev.holdfast.cli.run.Run;
import dev.holdfast.load.LimitSearch;
import dev.holdfast.load.LimitSearch.Limit;
import dev.holdfast.load.LoadOutcome;
import dev.holdfast.load.LoadPlan;
import dev.holdfast.load.LoadProfile;
import dev.holdfast.load.LoadRun;
import dev.holdfast.load.LoadRun.Storm;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.machine.MachineWatch;
import dev.holdfast.scenarios.machine.Starvation;
import dev.holdfast.scenarios.model.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lets many people talk to the subject at once, from JVMs of their own. */
public final class LoadStage implements GateStage {
  /** What the reference has to keep; of anybody else's server only its owner can say. */
  private static final Map<String, Long> OF_THE_REFERENCE = Map.of("round_trip_p99_ms", 100L);

  /** A smoke is too short for a 99th percentile on a busy machine. */
  private static final Map<String, Long> OF_THE_REFERENCE_IN_A_SMOKE =
      Map.of("round_trip_p95_ms", 100L);

  /** What the reference has to keep in a gate; generous, for CI machines are shared. */
  private static final Map<String, Long> OF_THE_REFERENCE_IN_A_GATE =
      Map.ofEntries(
          Map.entry("round_trip_p50_ms", 50L),
          Map.entry("round_trip_p95_ms", 100L),
          Map.entry("round_trip_p99_ms", 100L),
          Map.entry("first_token_p50_ms", 100L),
          Map.entry("recovery_p95_ms", 5_000L),
          Map.entry("connection_success_percent", 100L),
          Map.entry("loss_conversations", 0L),
          Map.entry("duplicate_conversations", 0L),
          Map.entry("memory_per_connection_kb", 64L));

  /** What of that five seconds are enough for. */
  private static final Map<String, Long> OF_THE_REFERENCE_AT_A_GLANCE =
      Map.of(
          "round_trip_p50_ms", 50L,
          "round_trip_p95_ms", 100L,
          "connection_success_percent", 100L,
          "loss_conversations", 0L,
          "duplicate_conversations", 0L);

  /** In a storm everybody waits for the server; what counts is that they come back. */
  private static final Map<String, Long> OF_THE_REFERENCE_IN_A_STORM =
      Map.of("back_max_ms", 35_000L);

  private final LoadShape shape;
  private final LoadCrew crew;
  private final LimitOptions limit;

  private final boolean inGate;

  private LoadStage(LoadShape shape) {
    this.shape = shape;
    crew = LoadCrew.ALONE;
    limit = LimitOptions.NONE;
    inGate = true;
  }

  /** The short load at the end of a gate. */
  public static LoadStage ofGate(LoadShape shape) {
    return new LoadStage(shape);
  }

  public LoadStage(LoadShape shape, LoadCrew crew, LimitOptions limit) {
    inGate = false;
    this.shape = shape;
    this.crew = crew;
    this.limit = limit;
  }

  @Override
  public Stage stage() {
    return Stage.LOAD;
  }

  @Override
  public void run(Run run) throws Exception {
    run.progress().stageStarted(Stage.LOAD, 0);
    LoadPlan plan = plan(run);
    if (limit.wanted()) {
      findLimit(run, plan);
    } else {
      long began = System.nanoTime();
      try (MachineWatch machine = MachineWatch.start()) {
        LoadOutcome outcome = storms(run) ? storm(run, plan) : play(run, plan, "load", Storm.NONE);
        handed(run, outcome, machine.between(began, System.nanoTime()));
      }
    }
    run.progress().stageEnded(Stage.LOAD);
  }

  private void handed(Run run, LoadOutcome played, Starvation machine) throws IOException {
    LoadOutcome outcome = played;
    if (inGate && run.subject().isReference() && !shape.equals(LoadShape.GLANCE)) {
      outcome = weighed(run, outcome);
    }
    LoadReport.hand(run, outcome, budgets(run), List.of(), machine);
  }

  /**
   * How much memory a connection takes can be seen of a server in this JVM alone. At a glance there
   * is no budget for it, and it takes a second or two.
   */
  private static LoadOutcome weighed(Run run, LoadOutcome outcome) throws IOException {
    LoadResult result = outcome.result();
    if (result == null) {
      return outcome;
    }
    run.progress().running(Stage.LOAD, "idle connections on the scales");
    MemoryRecord memory = MemoryProbe.of(run.subject().target().url(), run.seed());
    run.evidence(MemoryRecord.FILE, memory.json());
    return outcome.with(result.withConnectionBytes(memory.each()));
  }

  private LoadPlan plan(Run run) {
    Target target = run.subject().target();
    return shape
        .against(target, run.subject().isReference())
        .withSeed(run.seed())
        .withAgain(run.again("load") + crew.typed());
  }

  private LoadOutcome play(Run run, LoadPlan plan, String folder, Storm storm)
      throws IOException, InterruptedException {
    return LoadRun.run(
        crew.shares(plan),
        storm,
        run.progress(),
        run.evidencePath(folder),
        run.subject().target().access());
  }

  /** Only the reference is ours to restart; others meet people whose network goes away. */
  private boolean storms(Run run) {
    return shape.profile() == LoadProfile.STORM && run.subject().isReference();
  }

  private LoadOutcome storm(Run run, LoadPlan plan) throws IOException, InterruptedException {
    try (RestartedReference server = RestartedReference.start(run.evidencePath("load-audit"))) {
      run.writes(server);
      LoadPlan there = plan.withUrl(server.wsUrl()).withHttp(server.httpUrl()).withRestart();
      return play(run, there, "load", server);
    }
  }

  private void findLimit(Run run, LoadPlan plan) throws IOException, InterruptedException {
    Budgets budgets = budgets(run);
    int first = shape.users() == null ? limit.first() : plan.users();
    LoadPlan step = shape.durationMs() == null ? plan.lasting(limit.stepMs()) : plan;
    LimitLoads loads =
        new LimitLoads(
            (people, ms) ->
                play(run, step.withUsers(people).lasting(ms), "load/step-" + people, Storm.NONE),
            budgets,
            step.durationMs(),
            run.progress());
    Limit found = LimitSearch.run(loads, loads::gaveWay, first, limit.most(), run.progress());
    LoadOutcome shown = found.shown();
    if (shown == null) {
      return;
    }
    LoadOutcome gaveWay = found.gaveWay();
    List<Finding> broke =
        gaveWay == null ? List.of() : gaveWay.findings().stream().filter(Finding::fails).toList();
    LoadReport.hand(run, broke.isEmpty() ? shown : shown.with(broke), budgets, found.steps());
    run.add(limit(found, loads));
  }

  private static Finding limit(Limit found, LimitLoads loads) {
    boolean known = found.held() != null && loads.unjudged().isEmpty();
    String unjudged =
        loads.unjudged().isEmpty()
            ? ""
            : "; too few samples to judge " + String.join(", ", loads.unjudged());
    return Finding.about(Stage.LOAD, "load/limit", "How many people are too many is known.")
        .verdict(known ? Verdict.PASS : Verdict.INCONCLUSIVE, found.text() + unjudged);
  }

  private Budgets budgets(Run run) {
    Map<String, Long> declared = run.config().budgets();
    if (!declared.isEmpty() || !run.subject().isReference()) {
      return Budgets.of(declared);
    }
    if (inGate) {
      return Budgets.of(
          new TreeMap<>(
              shape.equals(LoadShape.GLANCE)
                  ? OF_THE_REFERENCE_AT_A_GLANCE
                  : OF_THE_REFERENCE_IN_A_GATE));
    }
    return Budgets.of(
        switch (shape.profile()) {
          case SMOKE -> OF_THE_REFERENCE_IN_A_SMOKE;
          case STORM -> OF_THE_REFERENCE_IN_A_STORM;
          case STEADY, SPIKE, SOAK -> OF_THE_REFERENCE;
        });
  }
}
