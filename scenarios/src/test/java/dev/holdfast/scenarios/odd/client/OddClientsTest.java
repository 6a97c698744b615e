package dev.holdfast.scenarios.odd.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.broken.client.Shown;
import dev.holdfast.scenarios.conformance.client.Adapter;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import dev.holdfast.scenarios.conformance.client.ClientCheck;
import dev.holdfast.scenarios.conformance.client.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that keep every MUST in an unusual manner are not accused by any case. */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OddClientsTest {
  private static final int AT_ONE_TIME = 24;
  private static final int JUDGED_PERCENT = 80;

  @ParameterizedTest
  @ValueSource(strings = {"tells-more-states", "delivers-in-batches", "sends-fragments"})
  void threeAreNotAccused(String name) throws Exception {
    OddClient odd =
        OddClients.ALL.stream().filter(o -> o.name().equals(name)).findFirst().orElseThrow();
    assertNotAccused(odd, ClientCases.ALL);
  }

  /** Of each client a tenth of the cases, chosen by a seed that is printed. */
  @Tag("ci")
  @ParameterizedTest
  @MethodSource("all")
  void noneIsAccusedByATenth(OddClient odd) throws Exception {
    long seed = Long.getLong("odd_seed", new Random().nextInt(1_000_000));
    System.out.println("odd client " + odd + ": seed " + seed);
    List<ClientCase> cases = new ArrayList<>(ClientCases.ALL);
    Collections.shuffle(cases, new Random(seed));
    assertNotAccused(odd, cases.subList(0, cases.size() / 10));
  }

  @Tag("lab")
  @ParameterizedTest
  @MethodSource("all")
  void noneIsAccused(OddClient odd) throws Exception {
    List<Finding> findings = assertNotAccused(odd, ClientCases.ALL);
    Set<String> warned = new HashSet<>();
    findings.stream()
        .filter(f -> f.verdict() == Verdict.WARN && !isNote(f))
        .forEach(f -> warned.add(f.address()));
    if (!findings.isEmpty()) {
      assertEquals(odd.warnings().keySet(), warned, odd + ": a warning that the page lists");
    }
  }

  static List<OddClient> all() {
    return OddClients.ALL;
  }

  /** The findings; none where this machine cannot run the client. */
  private static List<Finding> assertNotAccused(OddClient odd, List<ClientCase> cases)
      throws Exception {
    Optional<Adapter> adapter = odd.adapter().get();
    if (adapter.isEmpty()) {
      System.out.println("NOT RUN: this machine lacks what odd client " + odd + " needs");
      return List.of();
    }
    var options =
        new ClientCheck.Options(
            AT_ONE_TIME, false, ClientCheck.PATIENCE_MS, "holdfast check client", "", 7);
    ClientCheck check = new ClientCheck(adapter.orElseThrow(), options, Progress.SILENT);
    Ready ready = check.introduce();
    List<Finding> findings = check.play(cases, ready, f -> {});
    Map<Verdict, Integer> tally = new EnumMap<>(Verdict.class);
    findings.forEach(f -> tally.merge(f.verdict(), 1, Integer::sum));
    System.out.println("odd client " + odd + ": " + tally + " " + notes(findings));
    assertEquals(List.of(), accusations(odd, findings), () -> odd + " is accused");
    int judged = tally.getOrDefault(Verdict.PASS, 0) + tally.getOrDefault(Verdict.WARN, 0);
    int open = tally.getOrDefault(Verdict.INCONCLUSIVE, 0);
    assertTrue(judged * 100 >= (judged + open) * JUDGED_PERCENT, () -> inconclusive(findings));
    return findings;
  }

  /** What is neither passed nor not applicable, a line each. */
  private static List<String> notes(List<Finding> findings) {
    return findings.stream()
        .filter(f -> f.verdict() != Verdict.PASS && f.verdict() != Verdict.NOT_APPLICABLE)
        .map(f -> "\n  " + f.verdict() + " " + f.address() + ": " + f.seen())
        .toList();
  }

  private static List<String> accusations(OddClient odd, List<Finding> findings) {
    return findings.stream()
        .filter(f ->
            switch (f.verdict()) {
              case PASS, INCONCLUSIVE, NOT_APPLICABLE -> false;
              case WARN -> !odd.warnings().containsKey(f.address()) && !isNote(f);
              default -> true;
            })
        .map(Shown::of)
        .toList();
  }

  /** It says of itself that it is true beside other cases only. */
  private static boolean isNote(Finding finding) {
    return String.valueOf(finding.seen()).startsWith("only beside other cases");
  }

  private static String inconclusive(List<Finding> findings) {
    return findings.stream()
        .filter(f -> f.verdict() == Verdict.INCONCLUSIVE)
        .map(Shown::of)
        .toList()
        .toString();
  }

  @Test
  void namesAndExpectedWarningsAreSound() {
    Set<String> known = new HashSet<>(ClientCases.ALL.stream().map(ClientCase::address).toList());
    Set<String> names = new HashSet<>();
    for (OddClient odd : OddClients.ALL) {
      assertTrue(names.add(odd.name()), odd + " is there twice");
      assertTrue(known.containsAll(odd.warnings().keySet()), odd + " names an unknown case");
    }
  }

  @Test
  void pageIsUpToDate() throws IOException {
    if ("write".equals(System.getProperty("odd_clients"))) {
      Files.writeString(OddClientsPage.file(), OddClientsPage.page());
    }
    assertEquals(
        OddClientsPage.page(),
        OddClientsPage.written(),
        "docs/honest-oddities-clients.md is stale; " + OddClientsPage.COMMAND);
  }
}
