package dev.holdfast.scenarios.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.ServerCases;
import dev.holdfast.scenarios.conformance.ServerCheck;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each case passes on the reference and fails a server that is wrong in what it asks about. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTableTest {
  /** Mostly they wait for what never comes. */
  private static final int AT_ONE_TIME = 24;

  private static final long SEED = 7;

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
    Set<String> known = new HashSet<>(ServerCases.ALL.stream().map(Case::address).toList());
    for (BrokenTwin twin : BrokenServers.ALL) {
      assertTrue(known.containsAll(twin.fails()), twin + " means cases that do not exist");
      assertTrue(!twin.fails().isEmpty(), twin + " is meant to fail nothing");
    }
    assertEquals(BrokenServers.ALL.size(), new HashSet<>(BrokenServers.names()).size());
  }

  @Test
  void referencePassesEveryCase() throws Exception {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build())) {
      Target target = target(server.wsUrl(), server.httpUrl());
      for (Finding finding : check(target).play(ServerCases.ALL, f -> {})) {
        assertEquals(Verdict.PASS, finding.verdict(), () -> shown(finding));
      }
    }
  }

  @Test
  void everyBrokenServerFailsItsCases() throws Exception {
    List<Callable<String>> pairs = new ArrayList<>();
    for (Case one : ServerCases.ALL) {
      for (BrokenTwin twin : KillTable.twinsOf(one)) {
        pairs.add(() -> escaped(twin, one));
      }
    }
    List<String> escaped = new ArrayList<>();
    try (ExecutorService players = Executors.newFixedThreadPool(AT_ONE_TIME)) {
      for (Future<String> one : players.invokeAll(pairs)) {
        if (!one.get().isEmpty()) {
          escaped.add(one.get());
        }
      }
    }
    assertEquals(List.of(), escaped, "broken servers that got by");
  }

  /** How a broken server got by, or nothing when it was caught. */
  private static String escaped(BrokenTwin twin, Case one)
      throws IOException, InterruptedException {
    try (BrokenServer server = BrokenServer.start(twin, 0)) {
      Target target = target(server.wsUrl().toString(), server.httpUrl().toString());
      Finding finding = check(target).play(List.of(one), f -> {}).get(0);
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

  private static ServerCheck check(Target target) {
    return new ServerCheck(target, Progress.SILENT, "holdfast check server", SEED);
  }

  private static Target target(String ws, String http) {
    return Target.scripted(URI.create(ws), URI.create(http), Profile.CORE);
  }

  private static String shown(Finding f) {
    StringBuilder shown = new StringBuilder();
    shown.append(f.address()).append(": ").append(f.verdict());
    shown.append(", expected ").append(f.expected()).append(", saw ").append(f.seen());
    f.trace().forEach(line -> shown.append("\n    ").append(line));
    return shown.toString();
  }
}
