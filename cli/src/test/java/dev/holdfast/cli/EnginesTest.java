package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.proxy.engine.ContainerEngine;
import dev.holdfast.proxy.engine.ExternalEngine;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Verdict;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario cannot tell whose Toxiproxy it is played through. */
@Tag("ci")
class EnginesTest {
  private static final String VARIABLE = "HOLDFAST_TOXIPROXY";

  @TempDir Path folder;

  @Test
  void aToxiproxyThatRunsAlreadyJudgesAsTheEmbeddedOne() throws Exception {
    try (ExternalEngine running = ExternalEngine.launch(Path.of(toxiproxy()))) {
      assertAllPass(verdicts("external=" + running.api(), "cut-mid-run"));
    }
  }

  @Test
  void aToxiproxyInAContainerJudgesAsTheEmbeddedOne() {
    need(ContainerEngine.available(), "a Docker with an image " + ContainerEngine.IMAGE);
    assertAllPass(verdicts("container", "cut-mid-run"));
  }

  /** What only the embedded engine can do is no failure of anybody elsewhere. */
  @Test
  void aFaultThatToxiproxyLacksIsNotApplicableThere() {
    Map<String, Verdict> verdicts = verdicts("external=" + toxiproxy(), "half-open");
    assertTrue(
        verdicts.values().stream().allMatch(Verdict.NOT_APPLICABLE::equals), verdicts::toString);
  }

  /** As with the embedded engine in {@link GateTest}. */
  private static void assertAllPass(Map<String, Verdict> verdicts) {
    assertTrue(verdicts.values().stream().allMatch(Verdict.PASS::equals), verdicts::toString);
  }

  private Map<String, Verdict> verdicts(String engine, String scenario) {
    String out = folder.resolve("report").toString();
    Spoken spoken =
        Spoken.by("chaos", "--engine", engine, "--scenario", scenario, "--out", out, "--seed", "1");
    RunReport report = JsonFormat.read(folder.resolve("report/report.json"));
    assertTrue(!report.findings().isEmpty(), spoken::toString);
    return report.findings().stream()
        .collect(Collectors.toMap(found -> found.title(), found -> found.verdict()));
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
