package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.misbehaviour.Misbehaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that are expected, and warnings that are failures, in each command that judges. */
class KnownAndStrictTest {
  private static final String RECOMMENDED = "envelope/timestamp-is-utc-milliseconds";

  @TempDir Path folder;

  private String out() {
    return folder.resolve("report").toString();
  }

  private RunReport report() {
    return JsonFormat.read(folder.resolve("report/report.json"));
  }

  private String known(String line) throws IOException {
    return Files.writeString(folder.resolve("known.txt"), line + "\n").toString();
  }

  @Test
  void aWarningFailsAStrictRunAlone() throws Exception {
    try (ReferenceServer server =
        ReferenceServer.start(
            ServerOptions.builder()
                .misbehaviour(Misbehaviour.named("unreadable-timestamps"))
                .build())) {
      String[] mild = {"check", "server", server.wsUrl(), "--case", RECOMMENDED, "--out", out()};
      Spoken passes = Spoken.by(mild);
      assertEquals(0, passes.exitCode(), passes::out);
      assertEquals(Verdict.WARN, report().findings().getFirst().verdict());

      Spoken fails = Spoken.by(and(mild, "--strict"));
      assertEquals(1, fails.exitCode(), fails::out);
      assertTrue(fails.lastLine().contains("FAIL " + RECOMMENDED), fails::out);
      assertTrue(Files.readString(folder.resolve("report/junit.xml")).contains("<failure"));
      Spoken verified = Spoken.by("verify", out());
      assertEquals(0, verified.exitCode(), verified::out);
      assertTrue(verified.lastLine().contains("the verdict stands: FAIL"), verified::out);

      String known = known(RECOMMENDED + "  # is known");
      Spoken expected = Spoken.by(and(mild, "--strict", "--known-failing", known));
      assertEquals(0, expected.exitCode(), expected::out);
    }
  }

  private static String[] and(String[] words, String... more) {
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  @Test
  void aScenarioThatPassesNowIsStaleInTheList() throws Exception {
    String known = known("cut-mid-run  # the answer was lost");
    Spoken spoken =
        Spoken.by("chaos", "--scenario", "cut-mid-run", "--known-failing", known, "--out", out());
    assertEquals(3, spoken.exitCode(), spoken::out);
    assertTrue(spoken.lastLine().contains("cut-mid-run passes now; delete the line"), spoken::out);
  }

  @Test
  void aLineThatNamesNothingIsStaleToo() throws Exception {
    String known = known("cut-midrun  # the answer was lost");
    Spoken spoken =
        Spoken.by("chaos", "--scenario", "cut-mid-run", "--known-failing", known, "--out", out());
    assertEquals(3, spoken.exitCode(), spoken::out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gate", "chaos", "check server", "check client"})
  void eachCommandThatJudgesSaysSo(String command) {
    Spoken spoken = Spoken.by((command + " --help").split(" "));
    for (String option : new String[] {"--known-failing", "--known-flaky", "--strict"}) {
      assertTrue(spoken.out().contains(option), spoken::out);
    }
  }

  @Test
  void whatCannotBeReadIsRefusedBeforeAnythingIsPlayed() {
    String missing = folder.resolve("none.txt").toString();
    for (String command : new String[] {"gate", "chaos"}) {
      Spoken spoken = Spoken.by(command, "--known-failing", missing, "--out", out());
      assertEquals(64, spoken.exitCode(), spoken::err);
      assertTrue(spoken.firstError().contains("cannot read the list of known failures"));
    }
  }
}
