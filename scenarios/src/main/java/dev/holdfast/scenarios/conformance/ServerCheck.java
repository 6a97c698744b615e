package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Outcome.Kind;
import dev.holdfast.scenarios.conformance.schema.Complaint;
import dev.holdfast.scenarios.model.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Plays cases against a server, several at a time, and says what was found: core before resume,
 * those that look back after the others, those that need the server to themselves last.
 */
public final class ServerCheck {
  private final Target target;
  private final Progress progress;
  private final String rerun;
  private final long seed;
  private final Surroundings around;
  private final Pulse pulse;
  private final String run;

  /**
   * A check of one server.
   *
   * @param rerun the command that plays one case again, up to its address
   * @param seed makes all chance of this run; session ids add the time, so that none is met twice
   */
  public ServerCheck(Target target, Progress progress, String rerun, long seed, Pace pace) {
    this.target = target;
    this.progress = progress;
    this.rerun = rerun;
    this.seed = seed;
    around = Surroundings.of(pace);
    long chance = new SplittableRandom(seed).nextLong() >>> 24;
    run = Long.toString(chance, 36) + Long.toString(System.nanoTime() >>> 10, 36);
    pulse = new Pulse(target, run);
  }

  /** A check at the standard pace. */
  public ServerCheck(Target target, Progress progress, String rerun, long seed) {
    this(target, progress, rerun, seed, Pace.STANDARD);
  }

  /** Plays the cases; each finding is handed over as it comes and all are returned in order. */
  public List<Finding> play(List<Case> cases, Consumer<Finding> each) throws InterruptedException {
    progress.stageStarted(Stage.CONFORMANCE, cases.size());
    Map<Case, Finding> found = new LinkedHashMap<>();
    for (Turn turn : List.of(Turn.TOGETHER, Turn.AFTERWARDS)) {
      for (Profile profile : Profile.values()) {
        List<Case> wave =
            cases.stream().filter(c -> c.turn() == turn && c.profile() == profile).toList();
        found.putAll(together(wave, each));
      }
    }
    for (Case one : cases) {
      if (one.turn() == Turn.ALONE) {
        found.put(one, handedOver(one, each));
      }
    }
    progress.stageEnded(Stage.CONFORMANCE);
    return cases.stream().map(one -> Objects.requireNonNull(found.get(one))).toList();
  }

  private Map<Case, Finding> together(List<Case> cases, Consumer<Finding> each)
      throws InterruptedException {
    Semaphore places = new Semaphore(around.pace().atOneTime());
    Map<Case, Finding> findings = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Finding>> playing = new ArrayList<>();
      for (Case one : cases) {
        playing.add(threads.submit(inPlace(places, one, each)));
      }
      try {
        for (int i = 0; i < cases.size(); i++) {
          findings.put(cases.get(i), playing.get(i).get());
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a case escaped its harness", e.getCause());
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    }
    return findings;
  }

  private Callable<Finding> inPlace(Semaphore places, Case one, Consumer<Finding> each) {
    return () -> {
      places.acquire();
      try {
        return handedOver(one, each);
      } finally {
        places.release();
      }
    };
  }

  private Finding handedOver(Case one, Consumer<Finding> each) throws InterruptedException {
    Outcome outcome = judge(one);
    FindingBuilder finding =
        Finding.about(Stage.CONFORMANCE, one.address(), one.sentence())
            .clause(one.clause())
            .level(one.level())
            .profile(one.profile().word())
            .rerun(again(one));
    Finding found = outcome.finish(finding, one.cause());
    each.accept(found);
    progress.finished(found);
    return found;
  }

  private String again(Case one) {
    String profile = one.profile() == Profile.RESUME ? " --profile resume" : "";
    String slow = one.needs().contains(Need.TIME) ? " --slow" : "";
    return rerun + profile + slow + receiver(one) + " --case " + one.address() + " --seed " + seed;
  }

  /** Where a case looks at the frames of others, the one that received the first bad frame. */
  private String receiver(Case one) {
    List<Complaint> complaints =
        one.turn() == Turn.AFTERWARDS
            ? around.watch().about(one.profile(), one.clause())
            : List.of();
    String received = complaints.isEmpty() ? one.address() : complaints.getFirst().caseAddress();
    return received.equals(one.address()) ? "" : " --case " + received;
  }

  private Outcome judge(Case one) throws InterruptedException {
    for (Need need : one.needs()) {
      if (!need.metBy(target, around.pace())) {
        return Outcome.unplayed(Kind.INAPPLICABLE, "needs " + need.explanation());
      }
    }
    String killer = pulse.killer();
    if (killer != null && !pulse.revived(pulse.births())) {
      return Outcome.unplayed(Kind.UNCLEAR, "the target answers nobody since " + killer);
    }
    int born = pulse.births();
    Outcome outcome = played(one, "");
    if (!outcome.needsAPulse() || pulse.survived(one.address())) {
      return outcome;
    }
    if (pulse.revived(born)) {
      return played(one, "-again");
    }
    return outcome.noting("; now the target as a whole answers nobody: it hangs or is gone");
  }

  private Outcome played(Case one, String nth) throws InterruptedException {
    progress.running(Stage.CONFORMANCE, one.address());
    String unique = run + "-" + one.address().replace('/', '.') + nth;
    try (Bench bench = new Bench(target, around, one.address(), unique)) {
      return CasePlay.of(one, bench);
    }
  }
}
