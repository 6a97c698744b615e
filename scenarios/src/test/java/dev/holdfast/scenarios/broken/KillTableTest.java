package dev.holdfast.scenarios.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Glob;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Pace;
import dev.holdfast.scenarios.conformance.ServerCases;
import dev.holdfast.scenarios.conformance.ServerCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each broken server is caught, and each case catches one; that good ones pass is said elsewhere.
 */
@Timeout(value = 40, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTableTest {
  /** Mostly they wait for what never comes. */
  private static final int AT_ONE_TIME = 24;

  /**
   * What is wrong is wrong for ever: no case has to wait long for it. What gets by in the crowd is
   * played again alone, with a multiple of this patience.
   */
  private static Pace pace(int patience) {
    return new Pace(1_500L * patience, 200L * patience, 1, true);
  }

  private static final long SEED = 7;

  /** Which cases are played, where not all are wanted: {@code -Dcases=GLOB}. */
  private static final Glob CHOSEN = new Glob(System.getProperty("cases", "*"));

  @TempDir static Path audits;

  @Test
  void everyCaseHasABrokenServer() {
    List<String> without =
        ServerCases.ALL.stream()
            .filter(c -> KillTable.twinsOf(c).isEmpty())
            .map(Case::address)
            .toList();
    assertEquals(List.of(), without, "cases that no broken server is there to fail");
  }

  @Test
  void everyBrokenServerIsMeantToFailCasesThatExist() {
    for (BrokenTwin twin : BrokenServers.ALL) {
      assertTrue(
          ServerCases.ALL.stream().anyMatch(c -> twin.isLookedForBy(c.address())),
          twin + " is looked for by no case");
      assertTrue(
          new Glob(twin.fails().get(0)).pattern().contains("/"), twin + " names no case at first");
    }
    assertEquals(BrokenServers.ALL.size(), new HashSet<>(BrokenServers.names()).size());
  }

  @Test
  void everyBrokenServerIsCaught() throws Exception {
    caught(false);
  }

  @Tag("lab")
  @Test
  void everyBrokenServerIsCaughtThatTakesLonger() throws Exception {
    caught(true);
  }

  private static void caught(boolean longer) throws Exception {
    List<Escapes.Play> plays = new ArrayList<>();
    for (BrokenTwin twin : BrokenServers.ALL) {
      if (!KillTable.isWaitedFor(twin) && takesLonger(KillTable.firstOf(twin)) == longer) {
        plays.add(patience -> escaped(twin, KillTable.firstOf(twin), patience));
      }
    }
    assertEquals(
        "", String.join("\n", Escapes.from(plays, AT_ONE_TIME)), "broken servers that got by");
  }

  /** Whether a case fills queues or starts its server several times. */
  private static boolean takesLonger(Case one) {
    return one.needs().contains(Need.LONG_ANSWER)
        || one.needs().contains(Need.FRESH_PROCESS)
        || one.address().equals("queue/slow-consumer-closes-4002");
  }

  @Tag("lab")
  @Test
  void everyCaseCatchesABrokenServer() throws Exception {
    List<Escapes.Play> plays = new ArrayList<>();
    for (Case one : ServerCases.ALL) {
      if (!one.needs().contains(Need.TIME) && CHOSEN.matches(one.address())) {
        plays.add(patience -> catchesNone(one, patience));
      }
    }
    assertEquals(
        "", String.join("\n", Escapes.from(plays, AT_ONE_TIME)), "cases that caught nobody");
  }

  /** They wait for up to 50 s each, side by side. */
  @Tag("lab")
  @Test
  void everyCaseThatTakesTimeCatchesABrokenServer() throws Exception {
    List<Escapes.Play> plays = new ArrayList<>();
    for (Case one : ServerCases.ALL) {
      if (one.needs().contains(Need.TIME)) {
        KillTable.twinsOf(one).forEach(twin -> plays.add(patience -> escaped(twin, one, patience)));
      }
    }
    assertEquals(
        "", String.join("\n", Escapes.from(plays, AT_ONE_TIME)), "broken servers that got by");
  }

  private static String catchesNone(Case one, int patience) throws Exception {
    StringBuilder escaped = new StringBuilder();
    for (BrokenTwin twin : KillTable.twinsOf(one)) {
      String how = escaped(twin, one, patience);
      if (how.isEmpty()) {
        return "";
      }
      escaped.append(how);
    }
    return escaped.toString();
  }

  /** How a broken server got by, or nothing when it was caught. */
  private static String escaped(BrokenTwin twin, Case one, int patience)
      throws IOException, InterruptedException {
    Path audit = Files.createTempDirectory(audits, "audit");
    try (BrokenServer server = BrokenServer.start(twin, 0, audit)) {
      var check =
          new ServerCheck(
                  server.target(), Progress.SILENT, "holdfast check server", SEED, pace(patience))
              .trustingTheMachine();
      Finding finding = check.play(List.of(one), f -> {}).get(0);
      boolean caught = finding.verdict() == Verdict.FAIL || finding.verdict() == Verdict.WARN;
      return caught ? "" : twin + " at " + shown(finding);
    }
  }

  @Test
  void pageIsUpToDate() throws IOException {
    if ("write".equals(System.getProperty("kill_table"))) {
      Files.writeString(KillTable.file(), KillTable.page());
    }
    assertEquals(
        KillTable.page(), KillTable.written(), "docs/kill-table.md is stale; " + KillTable.COMMAND);
  }

  private static String shown(Finding f) {
    StringBuilder shown = new StringBuilder();
    shown.append(f.address()).append(": ").append(f.verdict());
    shown.append(", expected ").append(f.expected()).append(", saw ").append(f.seen());
    f.trace().forEach(line -> shown.append("\n    ").append(line));
    return shown.toString();
  }
}
