package dev.holdfast.scenarios.conformance.client;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.TraceLine;
import dev.holdfast.scenarios.conformance.Clause;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays cases against a client, many at a time, one started client a case. */
public final class ClientCheck {
  /** Waiting longer than this is asked for by {@code --slow}. */
  static final long SLOW_MS = 5_000;

  /** How long anything that must come may take, unless its clause says otherwise. */
  public static final long PATIENCE_MS = 5_000;

  private static final int STDERR_LINES = 3;

  private static final Duration CASE_LIMIT = Duration.ofSeconds(60);
  private static final Duration SLOW_LIMIT = Duration.ofMinutes(10);

  private final Adapter adapter;
  private final Options options;
  private final Progress progress;
  private final String run;

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
   * @throws NotReady when it does not say so in time
   */
  public Ready introduce() throws NotReady, InterruptedException {
    ClientCase nothing = ClientCase.of("introduction", "", b -> {});
    try (ClientBench bench = bench(nothing, Ready.NOTHING)) {
      return introduced(bench);
    } catch (IOException e) {
      throw new NotReady(e.toString());
    }
  }

  private static Ready introduced(ClientBench bench) throws NotReady, InterruptedException {
    try {
      UnderTest client = bench.start();
      Ready ready = client.awaitReady();
      client.leave();
      return ready == null ? Ready.NOTHING : ready;
    } catch (Mismatch | Unclear e) {
      throw new NotReady(e.getMessage() + onStandardError(bench));
    } catch (Finds e) {
      throw new NotReady(e.toString());
    }
  }

  /** The last lines that the client wrote on its standard error; empty when there are none. */
  private static String onStandardError(ClientBench bench) {
    List<String> lines =
        bench.log().lines().stream()
            .filter(line -> line.connection().equals(UnderTest.STDERR))
            .map(TraceLine::text)
            .toList();
    int from = Math.max(0, lines.size() - STDERR_LINES);
    return lines.isEmpty()
        ? ""
        : "; on its standard error: " + String.join(" | ", lines.subList(from, lines.size()));
  }

  private ClientBench bench(ClientCase one, Ready ready) throws IOException {
    String session = "hf-" + run + "-" + one.address().replace('/', '.');
    return new ClientBench(one, adapter, ready, session, options);
  }

  /**
   * Plays the cases, those that wait longest first; each finding is handed over as it comes and all
   * are returned in the cases' order.
   */
  public List<Finding> play(List<ClientCase> cases, Ready ready, Consumer<Finding> each)
      throws InterruptedException {
    progress.stageStarted(Stage.CONFORMANCE, cases.size());
    List<Finding> findings = new ArrayList<>();
    try (ExecutorService players = Executors.newFixedThreadPool(options.sideBySide())) {
      List<Future<Finding>> playing = new ArrayList<>();
      for (ClientCase one : longestFirst(cases, ready)) {
        playing.add(
            players.submit(() -> {
              Finding finding = play(one, ready);
              each.accept(finding);
              progress.finished(finding);
              return finding;
            }));
      }
      try {
        for (Future<Finding> future : playing) {
          findings.add(future.get());
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a case escaped its harness", e.getCause());
      } catch (InterruptedException e) {
        players.shutdownNow();
        throw e;
      }
    }
    progress.stageEnded(Stage.CONFORMANCE);
    List<String> order = cases.stream().map(ClientCase::address).toList();
    findings.sort(Comparator.comparingInt(finding -> order.indexOf(finding.address())));
    return findings;
  }

  static List<ClientCase> longestFirst(List<ClientCase> cases, Ready ready) {
    return cases.stream()
        .sorted(Comparator.comparingLong((ClientCase one) -> -one.leastMs(ready)))
        .toList();
  }

  private Finding play(ClientCase one, Ready ready) throws InterruptedException {
    Clause clause = Clauses.at(one.clause());
    Level level = clause.level(ready.profile());
    FindingBuilder finding =
        Finding.about(Stage.CONFORMANCE, one.address(), clause.sentence().replace("`", ""))
            .clause(one.clause())
            .level(level == null ? Level.MUST : level)
            .profile(ready.profile().word())
            .rerun(options.rerun() + " --case " + one.address() + options.rerunTail());
    String missing = missing(one, clause, ready);
    if (missing != null) {
      return finding.notApplicable(missing);
    }
    progress.running(Stage.CONFORMANCE, one.address());
    long began = System.nanoTime();
    try (ClientBench bench = bench(one, ready)) {
      Finding found = judge(one, bench, finding, began);
      return found;
    } catch (IOException e) {
      return finding.harnessError(e.toString());
    }
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

  private Finding judge(ClientCase one, ClientBench bench, FindingBuilder finding, long began)
      throws InterruptedException {
    @Nullable Exception thrown = null;
    try {
      limited(one, bench);
      bench.leave();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      thrown = e;
      bench.awaitLastWords();
    }
    return judged(one, bench, done(finding, bench, began), thrown);
  }

  /** A crash or an uncaught error is a failure, whatever else the case came to. */
  private Finding judged(
      ClientCase one, ClientBench bench, FindingBuilder finding, @Nullable Exception thrown) {
    List<String> wrong = bench.complaints();
    if (!wrong.isEmpty()) {
      return broken(wrong, finding);
    }
    if (bench.declined()) {
      return finding.notApplicable("the client says that it does not support this case");
    }
    return switch (thrown) {
      case null -> finding.pass();
      case Mismatch e -> finding.expected(e.expected()).likelyCause(one.cause()).violated(e.seen());
      case Unsupported e -> finding.notApplicable(String.valueOf(e.getMessage()));
      case Unclear e -> finding.inconclusive(e.why());
      case TimeoutException e ->
          finding
              .expected("the case to end within " + limit().toSeconds() + " s")
              .likelyCause(one.cause())
              .violated("it was still going on");
      default -> finding.harnessError(thrown.toString());
    };
  }

  /** A failure however mild the clause of the case is. */
  private static Finding broken(List<String> wrong, FindingBuilder finding) {
    return finding
        .level(Level.MUST)
        .expected(
            "a client that neither crashes nor leaves an error uncaught, and goes when it is told")
        .likelyCause(
            "the client program ended or broke; its standard error is in the last lines of the trace.")
        .violated(String.join("; ", wrong.subList(0, Math.min(3, wrong.size()))));
  }

  private static FindingBuilder done(FindingBuilder finding, ClientBench bench, long began) {
    return finding.took((System.nanoTime() - began) / 1_000_000).trace(bench.log().lines());
  }

  private Duration limit() {
    return options.slow() ? SLOW_LIMIT : CASE_LIMIT;
  }

  /** Runs a script, but not longer than a case may take; its connections end with it. */
  private void limited(ClientCase one, ClientBench bench) throws Exception {
    try (ExecutorService alone = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> playing =
          alone.submit(() -> {
            bench.start();
            one.script().play(bench);
            return null;
          });
      try {
        playing.get(limit().toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      } finally {
        playing.cancel(true);
        if (!playing.isDone() || playing.isCancelled()) {
          // What waits for a socket hears no interrupt.
          bench.close();
        }
      }
    }
  }
}
