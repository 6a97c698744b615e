package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code check client} on the command line, against the reference client and against a stub. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class CheckClientTest {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final String READY = "echo '{\"event\":\"ready\"}'; ";

  @TempDir Path folder;

  @Tag("ci")
  @Test
  void referenceClientPassesAsAProcessEachRound() {
    Spoken spoken =
        check(
            "--profile resume --repeat 2 --side-by-side 3 --slow --seed 7"
                + " --case reconnect/states-are-reported --case resume/hello-*");
    assertEquals(0, spoken.exitCode(), () -> spoken.out() + spoken.err());
    List<Finding> findings = findings();
    assertEquals(0, findings.size() % 2, () -> spoken.out());
    assertTrue(findings.stream().allMatch(f -> f.verdict() == Verdict.PASS), () -> spoken.out());
    String rerun = String.valueOf(findings.getFirst().rerun());
    String wanted = "./holdfast check client --profile resume --slow --seed 7 --case ";
    assertTrue(rerun.startsWith(wanted), rerun);
  }

  @Test
  void failureThatIsKnownIsNoNews() throws IOException {
    assumeTrue(Files.isExecutable(SHELL), "NOT RUN: there is no /bin/sh");
    Path known = folder.resolve("known.txt");
    Files.writeString(known, "reconnect/connects-by-itself # it never dials\n", UTF_8);
    String once = "--seed 7 --case reconnect/* --case transport/*";

    Spoken unknown = check(once + " -- /bin/sh -c", READY + "cat >/dev/null");
    assertEquals(1, findings().size(), "a client that never connects is one finding");
    boolean starved = String.valueOf(findings().getFirst().seen()).contains(" was starved ");
    assertEquals(starved ? 2 : 1, unknown.exitCode(), () -> unknown.out() + unknown.err());
    String rerun = String.valueOf(findings().getFirst().rerun());
    assertTrue(rerun.startsWith("./holdfast check client --seed 7 --case"), rerun);
    assertTrue(rerun.contains(" -- /bin/sh -c "), rerun);

    Spoken expected =
        check(once + " --known-failing " + known + " -- /bin/sh -c", READY + "cat >/dev/null");
    starved = String.valueOf(findings().getFirst().seen()).contains(" was starved ");
    assertEquals(starved ? 2 : 0, expected.exitCode(), () -> expected.out() + expected.err());
  }

  @Test
  void aCommandThatCannotRunIsToldInItsOwnWords() {
    assumeTrue(Files.isExecutable(SHELL), "NOT RUN: there is no /bin/sh");
    Spoken spoken = check("--seed 7 -- /bin/sh", folder.resolve("no-such-adapter").toString());
    assertEquals(2, spoken.exitCode(), () -> spoken.out() + spoken.err());
    assertTrue(spoken.lastLine().contains("its standard error ends with: "), spoken::out);
    assertTrue(spoken.lastLine().contains("no-such-adapter"), spoken::out);
  }

  @Test
  void casesOfAnotherProfileAreNotPassedOverInSilence() {
    assumeTrue(Files.isExecutable(SHELL), "NOT RUN: there is no /bin/sh");
    Spoken spoken =
        check(
            "--seed 7 --case resume/client-id-is-one-a-tab -- /bin/sh -c",
            READY + "cat >/dev/null");
    assertEquals(64, spoken.exitCode(), () -> spoken.out() + spoken.err());
    assertTrue((spoken.out() + spoken.err()).contains("profile core"), spoken::out);
  }

  private List<Finding> findings() {
    return JsonFormat.read(folder.resolve("out/report.json")).findings(Stage.CONFORMANCE);
  }

  /** The command with options; what stands behind them is added by the test. */
  private Spoken check(String options, String... more) {
    List<String> words = new ArrayList<>(List.of("check", "client", "--out"));
    words.add(folder.resolve("out").toString());
    words.addAll(List.of(options.split(" ", -1)));
    words.addAll(List.of(more));
    return Spoken.by(words.toArray(String[]::new));
  }
}
