package dev.holdfast.scenarios.conformance.client;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.Clause;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.client.ClientPlay.Played;
import dev.holdfast.scenarios.machine.MachineWatch;
import dev.holdfast.scenarios.machine.Starvation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays cases against a client, many at a time, one started client a case. */
public final class ClientCheck {
  private static final String CONNECTS = "reconnect/connects-by-itself";

  /** Waiting longer than this is asked for by {@code --slow}. */
  static final long SLOW_MS = 5_000;

  /** How long anything that must come may take, unless its clause says otherwise. */
  public static final long PATIENCE_MS = 5_000;

  private static final Duration CASE_LIMIT = Duration.ofSeconds(60);
  private static final Duration SLOW_LIMIT = Duration.ofMinutes(10);

  private final Adapter adapter;
  private final Options options;
  private final Progress progress;
  private final String run;
  private boolean watchesMachine = true;

  /**
   * How the cases are played.
   *
   * @param sideBySide cases at one time: they mostly wait
   * @param slow whether cases may wait as long as the client's own settings demand
   * @param patienceMs how long anything that must come may take beside the client's own delays
   * @param rerun the command that plays one case again, up to its address; what follows the address
   *     comes after a blank
   */
  public record Options(
      int sideBySide, boolean slow, long patienceMs, String rerun, String rerunTail, long seed) {}

  public ClientCheck(Adapter adapter, Options options, Progress progress) {
    this.adapter = adapter;
    this.options = options;
    this.progress = progress;
    run = Long.toString(new SplittableRandom(options.seed()).nextLong() >>> 16, 36);
  }

  /**
   * The same check where no starved machine excuses the client: for clients whose faults do not
   * depend on time.
   */
  public ClientCheck trustingTheMachine() {
    watchesMachine = false;
    return this;
  }

  private static final String NO_COMMAND =
      "it ended with exit code "
          + Adapter.UNSUPPORTED
          + ", as a shell does that finds no command; ";

  /** The client could not be made to say what it is. */
  public static final class NotReady extends Exception {
    private static final long serialVersionUID = 1L;

    NotReady(String why) {
      super(why);
    }
  }

  /**
   * Starts the client once to hear what it declares.
   *
   * @throws NotReady when it does not say so in time; with the last lines of its standard error
   */
  public Ready introduce() throws NotReady, InterruptedException {
    ClientCase nothing =
        ClientCase.of("introduction", "").given(Scenes.STARTED).then((b, client) -> {});
    try (ClientBench bench = bench(nothing, Ready.NOTHING)) {
      try {
        UnderTest client = bench.start();
        Ready ready = client.awaitReady();
        client.leave();
        return ready == null ? Ready.NOTHING : ready;
      } catch (Mismatch e) {
        bench.awaitLastWords();
        throw new NotReady(e.seen() + "; " + bench.lastWords());
      } catch (Unclear e) {
        bench.awaitLastWords();
        throw new NotReady(bench.declined() ? NO_COMMAND + bench.lastWords() : e.why());
      }
    } catch (Finds | IOException e) {
      throw new NotReady(e.toString());
    }
  }

  /**
   * The finding about a client that never connects, which fails every case; null otherwise. It is
   * inconclusive where the machine was starved each time.
   */
  public @Nullable Finding neverConnects(Ready ready) throws InterruptedException {
    ClientCase connects =
        ClientCases.ALL.stream()
            .filter(c -> c.address().equals(CONNECTS))
            .findFirst()
            .orElseThrow();
    try (MachineWatch machine = MachineWatch.start()) {
      Played played = alone(connects, ready, machine);
      if (played.absent() && played.finding().verdict() == Verdict.INCONCLUSIVE) {
        played = alone(connects, ready, machine);
      }
      return played.absent() ? played.finding() : null;
    }
  }

  private ClientBench bench(ClientCase one, Ready ready) throws IOException {
    String session = "hf-" + run + "-" + one.address().replace('/', '.');
    return new ClientBench(one, adapter, ready, session, options);
  }

  /**
   * Plays the cases, those that wait longest first; each finding is handed over as it comes and all
   * are returned in the cases' order. What failed by absence or lateness beside other cases is
   * played again alone before it is handed over.
   */
  public List<Finding> play(List<ClientCase> cases, Ready ready, Consumer<Finding> each)
      throws InterruptedException {
    try (MachineWatch machine = MachineWatch.start()) {
      return play(cases, ready, each, machine);
    }
  }

  private List<Finding> play(
      List<ClientCase> cases, Ready ready, Consumer<Finding> each, MachineWatch machine)
      throws InterruptedException {
    progress.stageStarted(Stage.CONFORMANCE, cases.size());
    Consumer<Finding> over =
        finding -> {
          each.accept(finding);
          progress.finished(finding);
        };
    boolean crowded = options.sideBySide() > 1 && cases.size() > 1;
    long began = System.nanoTime();
    List<Finding> findings = new ArrayList<>();
    Map<ClientCase, Finding> absent = new LinkedHashMap<>();
    together(
        cases,
        ready,
        machine,
        (one, played) -> {
          if (crowded && played.absent()) {
            absent.put(one, played.finding());
          } else {
            findings.add(played.finding());
            over.accept(played.finding());
          }
        });
    boolean busy = starved(machine, began).isNoticeable();
    ClientQuietReplay quiet = new ClientQuietReplay();
    for (var entry : absent.entrySet()) {
      ClientCase one = entry.getKey();
      Finding counts =
          quiet.settle(entry.getValue(), about(one, ready), busy, () -> alone(one, ready, machine));
      findings.add(counts);
      over.accept(counts);
    }
    progress.stageEnded(Stage.CONFORMANCE);
    List<String> order = cases.stream().map(ClientCase::address).toList();
    findings.sort(Comparator.comparingInt(finding -> order.indexOf(finding.address())));
    return findings;
  }

  /** Plays cases side by side; each is handed over as it ends, one at a time. */
  private void together(
      List<ClientCase> cases,
      Ready ready,
      MachineWatch machine,
      BiConsumer<ClientCase, Played> each)
      throws InterruptedException {
    boolean lone = options.sideBySide() == 1 || cases.size() == 1;
    ReentrantLock handing = new ReentrantLock();
    try (ExecutorService players = Executors.newFixedThreadPool(options.sideBySide())) {
      List<Future<?>> playing = new ArrayList<>();
      for (ClientCase one : longestFirst(cases, ready)) {
        playing.add(
            players.submit(() -> {
              Played played = lone ? alone(one, ready, machine) : play(one, ready);
              handing.lock();
              try {
                each.accept(one, played);
              } finally {
                handing.unlock();
              }
              return null;
            }));
      }
      try {
        for (Future<?> future : playing) {
          future.get();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a case escaped its harness", e.getCause());
      } catch (InterruptedException e) {
        players.shutdownNow();
        throw e;
      }
    }
  }

  static List<ClientCase> longestFirst(List<ClientCase> cases, Ready ready) {
    return cases.stream()
        .sorted(Comparator.comparingLong((ClientCase one) -> -one.leastMs(ready)))
        .toList();
  }

  private Starvation starved(MachineWatch machine, long sinceNanos) {
    return watchesMachine ? machine.between(sinceNanos, System.nanoTime()) : Starvation.NONE;
  }

  /** Plays a case while no other one is played; a starved machine then excuses an absence. */
  private Played alone(ClientCase one, Ready ready, MachineWatch machine)
      throws InterruptedException {
    long began = System.nanoTime();
    Played played = play(one, ready);
    Starvation starvation = starved(machine, began);
    if (!played.absent() || !starvation.spoilsTiming()) {
      return played;
    }
    Finding failed = played.finding();
    return new Played(
        about(one, ready)
            .took(failed.durationMs())
            .trace(failed.trace())
            .inconclusive(starvation + "; without that: " + failed.seen()),
        true);
  }

  private Played play(ClientCase one, Ready ready) throws InterruptedException {
    Clause clause = Clauses.at(one.clause());
    FindingBuilder finding = about(one, ready);
    String missing = missing(one, clause, ready);
    if (missing != null) {
      return new Played(finding.notApplicable(missing), false);
    }
    progress.running(Stage.CONFORMANCE, one.address());
    try (ClientBench bench = bench(one, ready)) {
      Played played = new ClientPlay(one, bench, limit()).judge(finding);
      return played;
    } catch (IOException e) {
      return new Played(finding.harnessError(e.toString()), false);
    }
  }

  private FindingBuilder about(ClientCase one, Ready ready) {
    Clause clause = Clauses.at(one.clause());
    Level level = clause.level(ready.profile());
    return Finding.about(Stage.CONFORMANCE, one.address(), clause.sentence().replace("`", ""))
        .clause(one.clause())
        .level(level == null ? Level.MUST : level)
        .profile(ready.profile().word())
        .rerun(options.rerun() + " --case " + one.address() + options.rerunTail());
  }

  private @Nullable String missing(ClientCase one, Clause clause, Ready ready) {
    if (clause.level(ready.profile()) == null) {
      return "binds another profile than " + ready.profile().word();
    }
    String capability = clause.capability();
    if (capability != null && !ready.can(capability)) {
      return "needs the capability " + capability;
    }
    return one.missing(ready, options.slow());
  }

  private Duration limit() {
    return options.slow() ? SLOW_LIMIT : CASE_LIMIT;
  }
}
