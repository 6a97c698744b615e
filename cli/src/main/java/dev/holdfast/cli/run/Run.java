package dev.holdfast.cli.run;

import dev.holdfast.cli.config.Config;
import dev.holdfast.cli.evidence.Baseline;
import dev.holdfast.report.ReportDirectory;
import dev.holdfast.report.ReportWriteException;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.format.Launcher;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.BaselineRatio;
import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.Exhibits;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.KnownFailures;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Problem;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.RunReportBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.preflight.Diagnosis;
import dev.holdfast.scenarios.preflight.Preflight;
import dev.holdfast.scenarios.preflight.Preflight.Sight;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One run, from its seed to its verdict: what a command or a stage plays against, and where it
 * hands in what it finds. However a run ends, a report of what ran is written.
 */
public final class Run {
  private static final long ENDED_WITHIN_MS = 3_000;

  private static final String INSECURE =
      "INSECURE: --insecure accepts any certificate; this run says nothing of who answered";

  private final Shell shell;
  private final String targetTyped;
  private final Config config;
  private final Reach reach;
  private final long seed;
  private final ReportDirectory directory;
  private final RunReportBuilder report;
  private final Together progress;
  private final Verdict verdict;
  private final Interruption interruption;
  private final AtomicBoolean unwritable = new AtomicBoolean();
  private final Object writing = new Object();
  private final List<AutoCloseable> writers = new CopyOnWriteArrayList<>();
  private boolean sealed;
  private volatile @Nullable LoadResult load;
  private volatile boolean failing;
  private volatile boolean strict;
  private volatile KnownFailures known = KnownFailures.none();
  private final List<Finding> found = new CopyOnWriteArrayList<>();
  private @Nullable Subject subject;
  private final Set<Stage> current = Collections.synchronizedSet(EnumSet.noneOf(Stage.class));

  private Run(
      Shell shell,
      CommandSpec command,
      Config config,
      String judged,
      String targetTyped,
      ReportOptions options,
      Reach reach) {
    this.reach = reach;
    this.shell = shell;
    this.targetTyped = targetTyped;
    this.config = config;
    seed = options.seedOrChance();
    directory = ReportDirectory.open(options.out);
    report = begin(Typed.of(command), judged, seed);
    progress = new Together(Listeners.of(shell, options.output), reach.redaction());
    verdict = new Verdict(shell, options.output, directory, report, progress, reach.redaction());
    interruption = new Interruption(shell.signals(), this::cutShort, this::withoutTheWorker);
  }

  private static final String NOTHING_ELSE =
      "nothing else is played: every case needs what the preflight did not get";

  /** Something that is played against the subject of a run. */
  @FunctionalInterface
  public interface Work {
    void on(Run run) throws Exception;
  }

  /**
   * Carries out a command that judges; gives the exit code. What is wrong with the options is
   * thrown before anything is written.
   */
  public static int of(
      Shell shell, CommandSpec command, TargetOptions target, ReportOptions options, Work work) {
    Config config = target.declared();
    Budgets.of(config.budgets());
    Reach reach = target.reach(shell.env());
    Run run = new Run(shell, command, config, named(config), target.typed(), options, reach);
    return run.carryOut(r -> r.againstSubject(work));
  }

  /** The same for a command that judges what others left behind: no target is spoken to. */
  public static int ofFiles(
      Shell shell, CommandSpec command, Config config, ReportOptions options, Work work) {
    Budgets.of(config.budgets());
    return new Run(shell, command, config, named(config), "", options, Reach.PLAIN).carryOut(work);
  }

  /** Carries out a command that judges a program, and no server: such a run has no subject. */
  public static int ofProgram(
      Shell shell, CommandSpec command, String program, ReportOptions options, Work work) {
    Run run = new Run(shell, command, Config.NONE, program, "", options, Reach.PLAIN);
    run.progress.note("seed " + run.seed);
    return run.carryOut(work);
  }

  private static String named(Config config) {
    return config.url() == null ? "the reference server" : config.url().toString();
  }

  private static RunReportBuilder begin(String typed, String judged, long seed) {
    return RunReport.begin(typed, judged, Instant.now())
        .holdfastVersion(Version.text())
        .seed(seed)
        .environment("java", System.getProperty("java.vm.version"))
        .environment("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .environment("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
  }

  private int carryOut(Work work) {
    interruption.watch();
    try {
      attempt("run", () -> work.on(this));
      interruption.end();
      return verdict.pronounce();
    } finally {
      interruption.unwatch();
    }
  }

  private void againstSubject(Work work) throws Exception {
    if (config.url() != null && config.more().start().isEmpty()) {
      Knock.at(config.url());
    }
    progress.note("seed " + seed);
    if (reach.access().trust().any()) {
      progress.note(INSECURE);
      report.environment("TLS", INSECURE);
    }
    evidence("config.json", config.json());
    try (Subject opened = open()) {
      writes(opened);
      subject = opened;
      if (opened.isReference() || looksRight(opened)) {
        work.on(this);
      }
    }
  }

  /** Whether the target can be judged at all; what prevents that is the only thing said of it. */
  private boolean looksRight(Subject opened) throws Exception {
    progress.note("preflight: one handshake, greeting and answer");
    return switch (new Preflight(opened.target(), again("check server")).look()) {
      case Sight.Ready() -> true;
      case Sight.Foreign(Diagnosis diagnosis, boolean mayBeTls) -> {
        if (mayBeTls) {
          Tls.explain(opened.target().url(), reach.access());
        }
        throw new Knock.NobodyHome(diagnosis.sentence());
      }
      case Sight.Broken(Finding finding) -> {
        add(finding);
        progress.note(NOTHING_ELSE);
        yield false;
      }
    };
  }

  private Subject open() throws Exception {
    if (config.url() == null) {
      return Subject.reference(directory.evidencePath("audit"));
    }
    try {
      return Subject.theirs(config.url(), config, reach.access());
    } catch (IOException e) {
      // Their command, their ports: nothing was judged, and nothing of ours broke.
      throw new Knock.NobodyHome("the target cannot be started: " + e.getMessage());
    }
  }

  /** The run ends before its time, with what there is. */
  private static final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;

    Stopped(String message) {
      super(message);
    }
  }

  /** Plays one stage; should it break, the run goes on with the next and says so in the end. */
  public void during(Stage stage, Work work) throws Exception {
    if (unwritable.get()) {
      throw new Stopped("no " + stage + ": nothing can be written");
    }
    current.add(stage);
    attempt(stage.toString(), () -> work.on(this));
    if (interruption.happened()) {
      throw new InterruptedException();
    }
    current.remove(stage);
  }

  /**
   * Does several things at once and returns when all have ended; a signal ends them all.
   *
   * @param lanes each on a thread of its own
   */
  public void sideBySide(List<Work> lanes) throws Exception {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("holdfast-lane-", 1).factory())) {
      List<Future<?>> playing = new ArrayList<>();
      for (Work lane : lanes) {
        playing.add(
            threads.submit(() -> {
              lane.on(this);
              return null;
            }));
      }
      try {
        for (Future<?> one : playing) {
          one.get();
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }

  private interface Attempt {
    void make() throws Exception;
  }

  private void attempt(String what, Attempt attempt) {
    try {
      attempt.make();
    } catch (Knock.NobodyHome e) {
      report.problem(ExitCode.INCONCLUSIVE, String.valueOf(e.getMessage()));
    } catch (ReportWriteException e) {
      unwritable(e);
    } catch (Stopped e) {
      progress.note(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      // Whatever breaks after a signal breaks because of it.
      if (!interruption.happened()) {
        broke(what, e);
      }
    }
  }

  private void broke(String what, Exception e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    String where = what.equals("run") ? "" : "in " + what + ": ";
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    report.problem(ExitCode.INTERNAL, "Holdfast itself broke: " + where + message);
    evidence("broken-" + what + ".txt", trace.toString().replace("\r\n", "\n"));
  }

  private void cutShort(ExitCode signal) {
    String how = signal == ExitCode.INTERRUPTED ? "interrupted by Ctrl-C" : "ended by SIGTERM";
    String where = during().isEmpty() ? "" : " in " + during();
    progress.hush();
    report.cutShort(signal, how + where);
  }

  /**
   * Gives the verdict of a run whose worker does not come to its end: what is sealed has to stay as
   * it is, so first nobody writes any more.
   */
  private int withoutTheWorker() {
    synchronized (writing) {
      sealed = true;
    }
    Thread ending =
        Thread.ofPlatform().daemon().name("holdfast-ending").start(() -> writers.forEach(Run::end));
    try {
      ending.join(ENDED_WITHIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return verdict.pronounce();
  }

  private static void end(AutoCloseable writer) {
    try {
      writer.close();
    } catch (Exception e) {
      // The others have to be ended all the same, and the verdict says that the run was cut short.
    }
  }

  /** The stages that run now, in words. */
  private String during() {
    synchronized (current) {
      return current.stream()
          .map(stage -> stage.title().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(" and "));
    }
  }

  /** What is judged. */
  public Subject subject() {
    if (subject == null) {
      throw new IllegalStateException("a run has no subject before its work begins");
    }
    return subject;
  }

  public Config config() {
    return config;
  }

  public Shell shell() {
    return shell;
  }

  public long seed() {
    return seed;
  }

  public Progress progress() {
    return progress;
  }

  /** A command against the same target; a case or scenario may be appended. */
  public String again(String command) {
    return Launcher.with(command) + targetTyped;
  }

  /** Hands in a finding; after a signal none counts, for it may be about the signal. */
  public void add(Finding finding) {
    if (!interruption.happened()) {
      report.add(finding);
      found.add(finding);
      failing = failing || known.failedBy(finding, strict);
    }
  }

  /** Whether something has failed already, so that the whole will. */
  public boolean failing() {
    return failing;
  }

  /** Hands in the outcome of a load. */
  public void add(LoadResult measured) {
    load = measured;
    report.add(measured);
  }

  /** Hands in something that concerns the run as a whole. */
  public void problem(Problem problem) {
    if (!interruption.happened()) {
      report.problem(problem.exit(), problem.message());
    }
  }

  public void budgets(List<BudgetResult> results) {
    report.budgets(results);
  }

  /** Says which failures are expected; see {@link RunReportBuilder#known}. */
  public void expect(KnownFailures known, Collection<String> everyAddress) {
    this.known = known;
    report.known(known, everyAddress);
  }

  /** From now on a warning fails the run. */
  public void strict() {
    strict = true;
    report.strict();
  }

  /** What was found so far. */
  public List<Finding> findings() {
    return List.copyOf(found);
  }

  /** Hands in something to be shown beside the findings. */
  public void exhibit(Exhibits exhibits) {
    if (!interruption.happened()) {
      report.exhibit(exhibits);
    }
  }

  /**
   * Keeps a piece of evidence, {@code chaos/cut-mid-run/history.jsonl}. When it cannot be written
   * that is said at once, and no other stage begins: its evidence would be lost too.
   */
  public void evidence(String name, String text) {
    synchronized (writing) {
      if (sealed) {
        return;
      }
      try {
        directory.evidence(name, text);
      } catch (ReportWriteException e) {
        unwritable(e);
      }
    }
  }

  /** Names somebody who writes evidence as it comes, to be ended before the run is sealed. */
  public void writes(AutoCloseable writer) {
    writers.add(writer);
  }

  private void unwritable(ReportWriteException e) {
    if (!unwritable.getAndSet(true)) {
      progress.note("stopping: " + e.getMessage());
      report.problem(ExitCode.INTERNAL, String.valueOf(e.getMessage()));
    }
  }

  /** Holds the load of this run, if there was one, against that of an earlier one. */
  public void compare(Baseline baseline) throws IOException {
    LoadResult measured = load;
    if (measured == null) {
      problem(new Problem(ExitCode.INCONCLUSIVE, "no load to hold against the baseline"));
      return;
    }
    List<BaselineRatio> ratios =
        baseline.against(measured, directory.path().resolve("evidence"), seed);
    exhibit(new Exhibits(List.of(), List.of(), List.of(), List.of(), ratios));
  }

  /** The report directory. */
  public Path folder() {
    return directory.path();
  }

  /** How the report's page reaches a piece of evidence. */
  public String linkTo(Path evidence) {
    Path report = directory.path().toAbsolutePath().normalize();
    String link = report.relativize(evidence.toAbsolutePath().normalize()).toString();
    return link.replace('\\', '/');
  }

  /** Where a piece of evidence belongs that its owner writes as it comes. */
  public Path evidencePath(String name) {
    return directory.evidencePath(name);
  }
}
