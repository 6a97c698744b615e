package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.Run;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Pace;
import dev.holdfast.scenarios.conformance.ServerCheck;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Plays conformance cases against the subject. */
public final class ConformanceStage implements GateStage {
  private static final String AGAIN = "check server";

  private final Function<Profile, List<Case>> cases;
  private final int repeat;
  private final Pace pace;

  /** Plays these cases, so often. */
  public ConformanceStage(List<Case> cases, int repeat, Pace pace) {
    this.cases = profile -> cases;
    this.repeat = repeat;
    this.pace = pace;
  }

  private ConformanceStage(Function<Profile, List<Case>> cases, Pace pace) {
    this.cases = cases;
    repeat = 1;
    this.pace = pace;
  }

  /** Plays the cases of the profile that the subject speaks, once. */
  static ConformanceStage of(Function<Profile, List<Case>> cases, Pace pace) {
    return new ConformanceStage(cases, pace);
  }

  /** The same cases but those that want the subject to themselves, for they may start it anew. */
  ConformanceStage inCompany() {
    return only(turn -> turn != Case.Turn.ALONE);
  }

  /** The others. */
  ConformanceStage alone() {
    return only(turn -> turn == Case.Turn.ALONE);
  }

  private ConformanceStage only(Predicate<Case.Turn> turns) {
    return new ConformanceStage(
        profile -> cases.apply(profile).stream().filter(c -> turns.test(c.turn())).toList(), pace);
  }

  @Override
  public Stage stage() {
    return Stage.CONFORMANCE;
  }

  @Override
  public boolean appliesTo(Run run) {
    return !cases(run).isEmpty();
  }

  private List<Case> cases(Run run) {
    return cases(run.subject().isReference() ? Profile.RESUME : run.subject().target().profile());
  }

  List<Case> cases(Profile profile) {
    return cases.apply(profile);
  }

  @Override
  public void run(Run run) throws InterruptedException {
    String again = run.again(AGAIN);
    for (int i = 0; i < repeat; i++) {
      ServerCheck check =
          new ServerCheck(run.subject().target(), run.progress(), again, run.seed() + i, pace);
      check.play(cases(run), run::add);
    }
  }
}
