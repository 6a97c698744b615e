package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.machine.MachineWatch;
import dev.holdfast.scenarios.model.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Plays cases against a server and concludes what it keeps: core before resume and several cases at
 * a time, then those that look back at the others, then again alone what failed by absence, then
 * those that load the server, and last those that need it to themselves.
 */
public final class ServerCheck {
  private final Target target;
  private final Progress progress;
  private final String rerun;
  private final long seed;
  private final Pace pace;
  private final String run;
  private final boolean watchesMachine;

  /**
   * A check of one server.
   *
   * @param rerun the command that plays one case again, up to its address
   * @param seed makes all chance of this run; session ids add the time, so that none is met twice
   */
  public ServerCheck(Target target, Progress progress, String rerun, long seed, Pace pace) {
    this(target, progress, rerun, seed, pace, true);
  }

  private ServerCheck(
      Target target,
      Progress progress,
      String rerun,
      long seed,
      Pace pace,
      boolean watchesMachine) {
    this.target = target;
    this.progress = progress;
    this.rerun = rerun;
    this.seed = seed;
    this.pace = pace;
    this.watchesMachine = watchesMachine;
    long chance = new java.util.SplittableRandom(seed).nextLong() >>> 24;
    run = Long.toString(chance, 36) + Long.toString(System.nanoTime() >>> 10, 36);
  }

  /** A check at the standard pace. */
  public ServerCheck(Target target, Progress progress, String rerun, long seed) {
    this(target, progress, rerun, seed, Pace.STANDARD);
  }

  /**
   * The same check where no starved machine excuses the target: for targets whose answers never
   * depend on time.
   */
  public ServerCheck trustingTheMachine() {
    return new ServerCheck(target, progress, rerun, seed, pace, false);
  }

  /** Plays the cases; each finding is handed over as it comes and all are returned in order. */
  public List<Finding> play(List<Case> cases, Consumer<Finding> each) throws InterruptedException {
    progress.stageStarted(Stage.CONFORMANCE, cases.size());
    Surroundings around = Surroundings.of(pace);
    // The bench stays open: how a target takes the end of a connection is for its own cases to ask.
    try (MachineWatch machine = MachineWatch.start();
        Bench bench = new Bench(target, around, "calibration", run + "-calibration")) {
      Surroundings patient = around.at(pace.patient(Calibration.patienceMs(bench)));
      Round round = new Round(target, patient, run, watchesMachine ? machine : null, progress);
      Map<Case, Finding> found = new LinkedHashMap<>();
      QuietReplay quiet = new QuietReplay(round);
      for (Turn turn : List.of(Turn.TOGETHER, Turn.AFTERWARDS)) {
        for (Profile profile : Profile.values()) {
          List<Case> wave =
              cases.stream().filter(c -> c.turn() == turn && c.profile() == profile).toList();
          found.putAll(together(round, quiet, wave, each));
        }
      }
      quiet.replay((one, outcome) -> found.put(one, handedOver(round, one, outcome, each)));
      for (Turn turn : List.of(Turn.LOADING, Turn.ALONE)) {
        for (Case one : cases) {
          if (one.turn() == turn) {
            found.put(one, handedOver(round, one, round.alone(one, ""), each));
          }
        }
      }
      progress.stageEnded(Stage.CONFORMANCE);
      return cases.stream().map(one -> Objects.requireNonNull(found.get(one))).toList();
    }
  }

  private Map<Case, Finding> together(
      Round round, QuietReplay quiet, List<Case> cases, Consumer<Finding> each)
      throws InterruptedException {
    boolean company = cases.size() > 1 && pace.atOneTime() > 1;
    Semaphore places = new Semaphore(pace.atOneTime());
    Map<Case, Finding> findings = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Case, Future<Outcome>> playing = new LinkedHashMap<>();
      for (Case one : cases) {
        playing.put(
            one,
            threads.submit(() -> {
              places.acquire();
              try {
                Outcome outcome = company ? round.beside(one) : round.alone(one, "");
                if (!company || !QuietReplay.wants(outcome)) {
                  findings(findings, one, handedOver(round, one, outcome, each));
                }
                return outcome;
              } finally {
                places.release();
              }
            }));
      }
      try {
        for (Map.Entry<Case, Future<Outcome>> one : playing.entrySet()) {
          Outcome outcome = one.getValue().get();
          if (company && QuietReplay.wants(outcome)) {
            quiet.keep(one.getKey(), outcome);
          }
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

  private static void findings(Map<Case, Finding> findings, Case one, Finding found) {
    synchronized (findings) {
      findings.put(one, found);
    }
  }

  private Finding handedOver(
      Round round, Case one, Outcome outcome, Consumer<Finding> each) {
    FindingBuilder finding =
        Finding.about(Stage.CONFORMANCE, one.address(), one.sentence())
            .clause(one.clause())
            .level(one.level())
            .profile(one.profile().word())
            .rerun(again(one, round.receiver(one)));
    Finding found = outcome.finish(finding, one.cause());
    each.accept(found);
    progress.finished(found);
    return found;
  }

  /** The command that plays a case again, with the case that received the frame it complains of. */
  private String again(Case one, String receiver) {
    String profile = one.profile() == Profile.RESUME ? " --profile resume" : "";
    String slow = one.needs().contains(Need.TIME) ? " --slow" : "";
    String with = receiver.equals(one.address()) ? "" : " --case " + receiver;
    return rerun + profile + slow + with + " --case " + one.address() + " --seed " + seed;
  }
}
