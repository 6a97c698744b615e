package dev.holdfast.scenarios.conformance;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.conformance.Outcome.Kind;
import dev.holdfast.scenarios.conformance.schema.Complaint;
import dev.holdfast.scenarios.machine.MachineWatch;
import dev.holdfast.scenarios.machine.Starvation;
import dev.holdfast.scenarios.model.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of cases against a target: plays a case and concludes what its outcome is worth. A target
 * that died and a machine that was starved are no reason to fail the other cases.
 */
final class Round {
  private final Target target;
  private final Surroundings around;
  private final String run;
  private final @Nullable MachineWatch machine;
  private final Progress progress;
  private final Pulse pulse;

  /**
   * A run.
   *
   * @param run a word of the session alphabet that no other run has
   * @param machine measures whether the machine is starved, or null where that excuses nothing
   */
  Round(
      Target target,
      Surroundings around,
      String run,
      @Nullable MachineWatch machine,
      Progress progress) {
    this.target = target;
    this.around = around;
    this.run = run;
    this.machine = machine;
    this.progress = progress;
    pulse = new Pulse(target, run);
  }

  long patienceMs() {
    return around.pace().patienceMs();
  }

  /** Where a case looks at the frames of others, the one that received the first bad frame. */
  String receiver(Case one) {
    List<Complaint> complaints =
        one.turn() == Case.Turn.AFTERWARDS
            ? around.watch().about(one.profile(), one.clause())
            : List.of();
    return complaints.isEmpty() ? one.address() : complaints.getFirst().receivingCase();
  }

  /** Plays a case while others are played. */
  Outcome beside(Case one) throws InterruptedException {
    Outcome unplayed = unplayed(one);
    return unplayed == null ? watched(one, "") : unplayed;
  }

  /** Plays a case while no other one is played; a starved machine then excuses an absence. */
  Outcome alone(Case one, String nth) throws InterruptedException {
    Outcome unplayed = unplayed(one);
    if (unplayed != null) {
      return unplayed;
    }
    long began = System.nanoTime();
    Outcome outcome = watched(one, nth);
    if (outcome.kind() == Kind.FILLED) {
      String why = "the server takes fewer connections than this case opens; ";
      return outcome.but(Kind.INAPPLICABLE, why + outcome.seen());
    }
    Starvation starvation = starvedSince(began);
    return outcome.isMissing() && starvation.spoilsTiming()
        ? outcome.but(Kind.UNCLEAR, starvation + "; without that: " + outcome.seen())
        : outcome;
  }

  /**
   * How much the machine was starved since a moment.
   *
   * @param nanos the moment, by {@link System#nanoTime}
   */
  Starvation starvedSince(long nanos) {
    return machine == null ? Starvation.NONE : machine.between(nanos, System.nanoTime());
  }

  private @Nullable Outcome unplayed(Case one) throws InterruptedException {
    for (Need need : one.needs()) {
      if (!need.metBy(target, around.pace())) {
        return Outcome.unplayed(Kind.INAPPLICABLE, "needs " + need.explanation());
      }
    }
    String killer = pulse.killer();
    return killer != null && !pulse.revived(pulse.births()) ? stopped(killer) : null;
  }

  private Outcome stopped(String killer) {
    return Outcome.unplayed(Kind.UNCLEAR, pulse.silence(killer));
  }

  /** Plays a case; when it goes wrong the target is asked whether it is still there. */
  private Outcome watched(Case one, String nth) throws InterruptedException {
    int born = pulse.births();
    pulse.begins(one.address());
    Outcome outcome = played(one, nth);
    if (outcome.kind() == Kind.PASSED) {
      pulse.answered();
    }
    if (!outcome.needsAPulse() || pulse.survived(one.address())) {
      pulse.ends(one.address());
      return outcome;
    }
    String killer = pulse.killer();
    boolean itself = one.address().equals(killer);
    String company = pulse.beside(one.address());
    pulse.ends(one.address());
    if (pulse.revived(born)) {
      return played(one, nth + "-again");
    }
    if (!itself && outcome.isMissing()) {
      return outcome.but(Kind.UNCLEAR, stopped(String.valueOf(killer)).seen());
    }
    return outcome.noting("; now the target answers no handshake: it hangs or is gone" + company);
  }

  private Outcome played(Case one, String nth) throws InterruptedException {
    progress.running(Stage.CONFORMANCE, one.address());
    String unique = run + "-" + one.address().replace('/', '.') + nth;
    try (Bench bench = new Bench(target, around, one.address(), unique)) {
      return CasePlay.of(one, bench);
    }
  }
}
