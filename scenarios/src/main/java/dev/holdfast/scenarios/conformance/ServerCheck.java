package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.model.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Plays cases against a server, several at a time, and says what was found. */
public final class ServerCheck {
  /** Cases played at one time; a target is asked for conformance here, not for load. */
  private static final int SIDE_BY_SIDE = 8;

  /** No case may take longer, whatever its target does. */
  private static final Duration CASE_LIMIT = Duration.ofSeconds(60);

  private final Target target;
  private final Progress progress;
  private final String rerun;
  private final String run;

  /**
   * A check of one server.
   *
   * @param rerun the command that plays one case again, up to its address
   * @param seed makes the session ids of this run; the same seed, the same names
   */
  public ServerCheck(Target target, Progress progress, String rerun, long seed) {
    this.target = target;
    this.progress = progress;
    this.rerun = rerun;
    run = Long.toString(new SplittableRandom(seed).nextLong() >>> 16, 36);
  }

  /** Plays the cases; each finding is handed over as it comes and all are returned in order. */
  public List<Finding> play(List<Case> cases, Consumer<Finding> each) throws InterruptedException {
    progress.stageStarted(Stage.CONFORMANCE, cases.size());
    Semaphore places = new Semaphore(SIDE_BY_SIDE);
    List<Finding> findings = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Finding>> playing = new ArrayList<>();
      for (Case one : cases) {
        playing.add(threads.submit(inPlace(places, one, each)));
      }
      try {
        for (Future<Finding> future : playing) {
          findings.add(future.get());
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a case escaped its harness", e.getCause());
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    }
    progress.stageEnded(Stage.CONFORMANCE);
    return findings;
  }

  private Callable<Finding> inPlace(Semaphore places, Case one, Consumer<Finding> each) {
    return () -> {
      places.acquire();
      try {
        Finding finding = play(one);
        each.accept(finding);
        progress.finished(finding);
        return finding;
      } finally {
        places.release();
      }
    };
  }

  private Finding play(Case one) throws InterruptedException {
    Clause clause = Clauses.at(one.clause());
    Level level = clause.level(Profile.CORE);
    FindingBuilder finding =
        Finding.about(Stage.CONFORMANCE, one.address(), clause.sentence().replace("`", ""))
            .clause(one.clause())
            .level(level == null ? Level.MUST : level)
            .profile(Profile.CORE.word())
            .rerun(rerun + " --case " + one.address());
    for (Need need : one.needs()) {
      if (!need.metBy(target)) {
        return finding.notApplicable("needs " + need.explanation());
      }
    }
    progress.running(Stage.CONFORMANCE, one.address());
    try (Bench bench = new Bench(target, run + "-" + one.address().replace('/', '.'))) {
      long began = System.nanoTime();
      Finding found = judge(one, bench, finding, began);
      return found;
    }
  }

  private static Finding judge(Case one, Bench bench, FindingBuilder finding, long began)
      throws InterruptedException {
    try {
      limited(() -> one.script().play(bench), bench);
      return done(finding, bench, began).pass();
    } catch (Mismatch e) {
      return done(finding, bench, began)
          .expected(e.expected())
          .likelyCause(one.cause())
          .violated(e.seen());
    } catch (Unclear e) {
      return done(finding, bench, began).inconclusive(e.why());
    } catch (TimeoutException e) {
      return done(finding, bench, began)
          .expected("the case to end within " + CASE_LIMIT.toSeconds() + " s")
          .likelyCause(one.cause())
          .violated("it was still going on");
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return done(finding, bench, began).harnessError(e.toString());
    }
  }

  private static FindingBuilder done(FindingBuilder finding, Bench bench, long began) {
    return finding.took((System.nanoTime() - began) / 1_000_000).trace(bench.log().lines());
  }

  /** Something that may fail in any way. */
  private interface Action {
    void run() throws Exception;
  }

  /** Runs a script, but not longer than a case may take; its connections end with it. */
  private static void limited(Action action, Bench bench) throws Exception {
    // A flood keeps its script busy: on a virtual thread it would starve all others.
    try (ExecutorService alone = Executors.newSingleThreadExecutor()) {
      Future<?> playing =
          alone.submit(() -> {
            action.run();
            return null;
          });
      try {
        playing.get(CASE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      } finally {
        playing.cancel(true);
        bench.close();
      }
    }
  }
}
