package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.proxy.engine.ContainerEngine;
import dev.holdfast.proxy.engine.ExternalEngine;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario cannot tell whose Toxiproxy it is played through. */
@Tag("ci")
class EnginesTest {
  private static final String VARIABLE = "HOLDFAST_TOXIPROXY";

  /** How many scenarios need nothing beyond Toxiproxy, at the least. */
  private static final int FEWEST = 12;

  @TempDir Path folder;
  private int runs;

  /** What was seen where something was not as it should be. */
  private final List<String> said = new ArrayList<>();

  /** Everything that Toxiproxy has a fault for, in both profiles. */
  @Test
  void aToxiproxyThatRunsAlreadyJudgesAsTheEmbeddedOne() throws Exception {
    try (ExternalEngine running = ExternalEngine.launch(Path.of(toxiproxy()))) {
      List<String> both =
          ChaosScenarios.ALL.stream()
              .filter(s -> !Settings.slow(s) && !s.needsOwnServer())
              .filter(s -> !s.faults().isEmpty())
              .filter(s -> s.faults().stream().allMatch(plan -> running.supports(plan.fault())))
              .map(Scenario::name)
              .toList();
      assertTrue(both.size() >= FEWEST, both::toString);
      String external = "external=" + running.api();
      Map<String, Verdict> ours = verdicts("embedded", both);
      Map<String, Verdict> theirs = verdicts(external, both);
      for (String name : both) {
        if (!of(name, ours).equals(of(name, theirs))) {
          // Side by side with twenty others a script may run out of time; alone it may not.
          ours.putAll(verdicts("embedded", List.of(name)));
          theirs.putAll(verdicts(external, List.of(name)));
        }
      }
      assertEquals(ours, theirs, said::toString);
      assertTrue(
          theirs.values().stream().anyMatch(Verdict.PASS::equals)
              && theirs.values().stream()
                  .allMatch(v -> v == Verdict.PASS || v == Verdict.NOT_APPLICABLE),
          theirs::toString);
    }
  }

  @Test
  void aToxiproxyInAContainerJudgesAsTheEmbeddedOne() {
    need(ContainerEngine.available(), "a Docker with an image " + ContainerEngine.IMAGE);
    assertAllPass(verdicts("container", List.of("cut-mid-run")));
  }

  /** What only the embedded engine can do is no failure of anybody elsewhere. */
  @Test
  void aFaultThatToxiproxyLacksIsNotApplicableThere() {
    Map<String, Verdict> verdicts = verdicts("external=" + toxiproxy(), List.of("half-open"));
    assertTrue(
        verdicts.values().stream().allMatch(Verdict.NOT_APPLICABLE::equals), verdicts::toString);
  }

  /** As with the embedded engine in {@link GateTest}. */
  private static void assertAllPass(Map<String, Verdict> verdicts) {
    assertTrue(verdicts.values().stream().allMatch(Verdict.PASS::equals), verdicts::toString);
  }

  private static Map<String, Verdict> of(String scenario, Map<String, Verdict> verdicts) {
    Map<String, Verdict> some = new TreeMap<>(verdicts);
    some.keySet().removeIf(played -> !played.startsWith(scenario + " "));
    return some;
  }

  private Map<String, Verdict> verdicts(String engine, List<String> scenarios) {
    Path out = folder.resolve("report-" + ++runs);
    List<String> words =
        new ArrayList<>(
            List.of("chaos", "--engine", engine, "--out", out.toString(), "--seed", "1"));
    scenarios.forEach(name -> words.addAll(List.of("--scenario", name)));
    Spoken spoken = Spoken.by(words.toArray(String[]::new));
    RunReport report = JsonFormat.read(out.resolve("report.json"));
    assertTrue(!report.findings().isEmpty(), spoken::toString);
    Map<String, Verdict> verdicts = new TreeMap<>();
    report
        .findings()
        .forEach(found -> {
          String played = found.address() + " " + found.profile();
          verdicts.put(played, found.verdict());
          if (found.seen() != null) {
            said.add(engine + " " + played + ": " + found.seen());
          }
        });
    return verdicts;
  }

  private static String toxiproxy() {
    String binary = System.getenv(VARIABLE);
    need(binary != null, VARIABLE + ", the path of Toxiproxy's binary");
    return java.util.Objects.requireNonNull(binary);
  }

  private static void need(boolean there, String what) {
    if (!there) {
      System.err.println("\u001b[31mNOT RUN: this needs " + what + "\u001b[0m");
      if (Boolean.parseBoolean(System.getenv("HOLDFAST_REQUIRE_TOOLS"))) {
        throw new IllegalStateException("required here: " + what);
      }
    }
    assumeTrue(there, what);
  }
}
