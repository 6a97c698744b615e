package dev.holdfast.cli.check;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Pace;
import dev.holdfast.scenarios.conformance.ServerCases;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cases are played, and how often. */
public final class CaseOptions {
  @Option(
      names = "--case",
      paramLabel = "GLOB",
      description = "Only cases whose address fits, as in 'heartbeat/*'; may be given again.")
  List<String> globs = List.of();

  @Option(
      names = "--profile",
      paramLabel = "core|resume",
      description =
          "What the server speaks; resume includes core. Default: what --config declares, else"
              + " core; resume for the reference.")
  @Nullable Profile profile;

  @Option(
      names = "--level",
      paramLabel = "must|should",
      description = "must leaves out what is only recommended. Default: should, which is all")
  Level level = Level.SHOULD;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Play every case so often, in fresh sessions. Default: ${DEFAULT-VALUE}")
  int repeat = 1;

  @Option(names = "--slow", description = "Play cases too that wait longer than 5 s.")
  boolean slow;

  @Option(
      names = "--side-by-side",
      paramLabel = "N",
      description =
          "Cases at one time, 1 to 64; fewer for a server that serves few people. Default:"
              + " ${DEFAULT-VALUE}")
  int sideBySide = Pace.STANDARD.atOneTime();

  public Pace pace() {
    if (sideBySide < 1 || sideBySide > 64) {
      throw new UsageError("--side-by-side " + sideBySide + ": expected a number from 1 to 64");
    }
    Pace pace = Pace.STANDARD.with(sideBySide);
    return slow ? pace.slowToo() : pace;
  }

  public int repeat() {
    if (repeat < 1 || repeat > 1_000) {
      throw new UsageError("--repeat " + repeat + ": expected a number from 1 to 1000");
    }
    return repeat;
  }

  /**
   * The cases asked for.
   *
   * @param spoken what the target speaks where the command line does not say
   * @throws UsageError if a glob fits none
   */
  public List<Case> chosen(Profile spoken) {
    CaseGlobs named = CaseGlobs.of(globs, addresses());
    Profile played = profile == null ? spoken : profile;
    List<Case> chosen =
        ServerCases.of(played).stream()
            .filter(one -> named.include(one.address()))
            .filter(one -> level == Level.SHOULD || one.level() == Level.MUST)
            .toList();
    if (chosen.isEmpty()) {
      throw new UsageError(why(played, named));
    }
    return chosen;
  }

  private String why(Profile played, CaseGlobs named) {
    boolean other = ServerCases.of(played).stream().noneMatch(one -> named.include(one.address()));
    return other
        ? "these cases are of profile resume: add --profile resume"
        : "these cases are only recommended: leave out --level must";
  }

  /** The address of every case that exists. */
  public static List<String> addresses() {
    return ServerCases.ALL.stream().map(Case::address).toList();
  }
}
