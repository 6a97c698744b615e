package dev.holdfast.scenarios.broken.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.broken.Escapes;
import dev.holdfast.scenarios.conformance.client.Adapter;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import dev.holdfast.scenarios.conformance.client.ClientCheck;
import dev.holdfast.scenarios.conformance.client.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each case fails a client that is wrong in what it asks about. */
@Timeout(value = 40, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientKillTableTest {
  /** Mostly they wait for what never comes. */
  private static final int AT_ONE_TIME = 40;

  private static final long PATIENCE_MS = 2_000;

  /** A sound client introduces itself, however long it takes. */
  private static final long INTRODUCTION_MS = 120_000;

  private static final long SEED = 7;

  @Test
  void everyCaseHasABrokenClient() {
    List<String> without =
        ClientCases.ALL.stream()
            .filter(c -> ClientKillTable.twinsOf(c).isEmpty())
            .map(ClientCase::address)
            .toList();
    assertEquals(List.of(), without, "cases that no broken client is there to fail");
  }

  @Test
  void everyBrokenClientIsMeantToFailCasesThatExist() {
    Set<String> known = new HashSet<>(ClientCases.ALL.stream().map(ClientCase::address).toList());
    Set<String> names = new HashSet<>();
    for (ClientTwin twin : ClientTwins.ALL) {
      assertTrue(known.containsAll(twin.fails()), twin + " means cases that do not exist");
      assertTrue(!twin.fails().isEmpty(), twin + " is meant to fail nothing");
      assertTrue(names.add(twin.name()), twin + " is there twice");
    }
  }

  @Test
  void everyBrokenClientFailsItsCases() throws Exception {
    Map<Profile, Ready> ready = new EnumMap<>(Profile.class);
    for (Profile profile : Profile.values()) {
      ready.put(profile, check(InProcess.reference(profile), INTRODUCTION_MS).introduce());
    }
    List<Escapes.Play> pairs = new ArrayList<>();
    for (ClientCase one : ClientCases.ALL) {
      for (ClientTwin twin : ClientKillTable.twinsOf(one)) {
        pairs.add(patience -> escaped(twin, one, ready, patience));
      }
    }
    assertEquals(List.of(), Escapes.from(pairs, AT_ONE_TIME), "broken clients that got by");
  }

  /** How a broken client got by, or nothing when it was caught. */
  private static String escaped(
      ClientTwin twin, ClientCase one, Map<Profile, Ready> ready, int patience)
      throws InterruptedException {
    Ready declared = ready.getOrDefault(twin.profile(), Ready.NOTHING);
    ClientCheck check = check(InProcess.twin(twin), PATIENCE_MS * patience);
    Finding finding = check.play(List.of(one), declared, f -> {}).getFirst();
    boolean caught = finding.verdict() == Verdict.FAIL || finding.verdict() == Verdict.WARN;
    return caught ? "" : twin + " at " + Shown.of(finding);
  }

  @Test
  void pageIsUpToDate() throws IOException {
    if ("write".equals(System.getProperty("kill_table"))) {
      Files.writeString(ClientKillTable.file(), ClientKillTable.page());
    }
    assertEquals(
        ClientKillTable.page(),
        ClientKillTable.written(),
        "docs/client-kill-table.md is stale; " + ClientKillTable.COMMAND);
  }

  private static ClientCheck check(Adapter adapter, long patienceMs) {
    var options = new ClientCheck.Options(1, false, patienceMs, "holdfast check client", "", SEED);
    return new ClientCheck(adapter, options, Progress.SILENT).trustingTheMachine();
  }
}
