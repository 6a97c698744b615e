package dev.holdfast.cli.checkclient;

import dev.holdfast.cli.check.CaseGlobs;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cases are played against a client, and how often. */
public final class ClientCaseOptions {
  private static final int LANES = 16;
  private static final int SLOW_LANES = 64;

  @Option(
      names = "--case",
      paramLabel = "GLOB",
      description = "Only cases whose address fits, as in 'reconnect/*'; may be given again.")
  List<String> globs = List.of();

  @Option(
      names = "--level",
      paramLabel = "must|should",
      description = "must leaves out what is only recommended. Default: should, which is all")
  Level level = Level.SHOULD;

  @Option(
      names = "--profile",
      paramLabel = "core|resume",
      description =
          "The profile of the reference client, and of --list; any other client declares its own."
              + " Default: core")
  Profile profile = Profile.CORE;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Play every case so often. Default: ${DEFAULT-VALUE}")
  int repeat = 1;

  @Option(
      names = "--slow",
      description =
          "Also play cases that wait longer than 5 s, as they do for a client whose delays cannot"
              + " be overridden.")
  boolean slow;

  @Option(
      names = "--side-by-side",
      paramLabel = "N",
      description =
          "Cases at one time, each with a client of its own. Default: 16; 64 with --slow, where"
              + " most only wait")
  @Nullable Integer sideBySide;

  public int repeat() {
    return checked("--repeat", repeat, 1_000);
  }

  public int sideBySide() {
    int usual = slow ? SLOW_LANES : LANES;
    return checked("--side-by-side", sideBySide == null ? usual : sideBySide, 256);
  }

  public boolean slow() {
    return slow;
  }

  public Profile profile() {
    return profile;
  }

  private static int checked(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new UsageError(option + " " + value + ": expected a number from 1 to " + most);
    }
    return value;
  }

  /**
   * The cases asked for, of a profile.
   *
   * @throws UsageError if a glob fits none
   */
  public List<ClientCase> chosen(Profile of) {
    CaseGlobs named = CaseGlobs.of(globs, addresses());
    return ClientCases.ALL.stream()
        .filter(one -> named.include(one.address()))
        .filter(one -> binds(one, of))
        .toList();
  }

  /**
   * Says why none of the cases that were asked for can be listed.
   *
   * @throws UsageError if there is none
   */
  public void refuseNone(List<ClientCase> chosen) {
    if (!chosen.isEmpty()) {
      return;
    }
    Profile other = profile == Profile.CORE ? Profile.RESUME : Profile.CORE;
    throw new UsageError(
        chosen(other).isEmpty()
            ? "these cases are only recommended: leave out --level must"
            : "these cases are of profile " + other.word() + ": add --profile " + other.word());
  }

  /** The address of every case that exists. */
  public static List<String> addresses() {
    return ClientCases.ALL.stream().map(ClientCase::address).toList();
  }

  private boolean binds(ClientCase one, Profile of) {
    Level binding = Clauses.at(one.clause()).level(of);
    return binding != null && (level == Level.SHOULD || binding == Level.MUST);
  }
}
