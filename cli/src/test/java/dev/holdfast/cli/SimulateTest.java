package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.result.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code simulate} says: of the reference, of a twin, and of a name that nobody has. */
class SimulateTest {
  @TempDir Path folder;

  @Test
  void referencePassesAndSaysWhatWasReached() throws IOException {
    Path trace = folder.resolve("trace.jsonl");
    Spoken spoken = Spoken.by("simulate", "--seeds", "20", "--trace", trace.toString());
    assertEquals(0, spoken.exitCode(), spoken::err);
    assertTrue(spoken.out().contains("never reached under any fault"), spoken::out);
    assertTrue(spoken.out().stripTrailing().endsWith("holdfast: PASS no violation"));
    assertTrue(Files.readString(trace).startsWith("{\"story\":1}\n"));
  }

  @Test
  void twinIsCaughtWithSeedAndJudge() {
    Spoken spoken =
        Spoken.by(
            "simulate",
            "--seeds",
            "3",
            "--twin",
            "server/two-terminals",
            "--json",
            "--out",
            folder.toString());
    assertEquals(1, spoken.exitCode(), spoken::err);
    assertTrue(spoken.out().contains("\"event\":\"violation\",\"seed\":"), spoken::out);
    assertTrue(spoken.out().contains("\"event\":\"summary\""), spoken::out);
  }

  /** What is found is written; what is written fails again, and can be stepped through. */
  @Test
  void smallStoryIsWrittenAndFailsAgain() throws IOException {
    String twin = "server/replay-lacks-the-first";
    String out = folder.toString();
    Spoken found = Spoken.by("simulate", "--seeds", "1", "--twin", twin, "--out", out, "--quiet");
    assertEquals(1, found.exitCode(), found::err);
    assertTrue(found.out().contains("nothing of it can be left out"), found::out);
    String yaml = folder.resolve("story-1.yaml").toString();
    assertTrue(Files.readString(folder.resolve("story-1.svg")).startsWith("<svg"));
    assertTrue(Files.readString(folder.resolve("Story1Test.java")).contains(twin));
    assertEquals(1, Spoken.by("simulate", yaml, "--twin", twin).exitCode());
    assertEquals(0, Spoken.by("simulate", yaml).exitCode());
    Spoken steps = Spoken.by("replay", yaml, "--twin", twin);
    assertEquals(1, steps.exitCode(), steps::err);
    assertTrue(steps.out().contains("→ "), steps::out);
    assertTrue(steps.out().contains("holdfast: FAIL"), steps::out);
  }

  @Test
  void whatWasInterruptedIsInconclusive() throws Exception {
    for (String kind : new String[] {"--seeds=100000", "--exhaustive=3"}) {
      FakeSignals signals = new FakeSignals();
      var running =
          CompletableFuture.supplyAsync(() -> Spoken.by(signals, Map.of(), "simulate", kind));
      Awaitility.await().until(signals::watched);
      signals.send(ExitCode.INTERRUPTED);
      Spoken spoken = running.get();
      assertEquals(130, spoken.exitCode(), spoken::err);
      assertTrue(
          spoken.lastLine().startsWith("holdfast: INCONCLUSIVE interrupted after "), spoken::out);
    }
  }

  @Test
  void everyCutIsCounted() {
    Spoken spoken = Spoken.by("simulate", "--exhaustive", "1", "--json");
    assertEquals(0, spoken.exitCode(), spoken::err);
    assertTrue(
        spoken.out().contains("\"frames\":23,\"schedules\":184,\"violations\":0"), spoken::out);
    assertEquals(64, Spoken.by("simulate", "--exhaustive", "4").exitCode());
  }

  @Test
  void unknownTwinIsAMistakeOfUsage() {
    Spoken spoken = Spoken.by("simulate", "--twin", "server/two-terminal");
    assertEquals(64, spoken.exitCode());
    assertTrue(spoken.firstError().contains("server/two-terminals"), spoken::err);
  }

  @Test
  void noStoriesAreAMistakeOfUsage() {
    assertEquals(64, Spoken.by("simulate", "--seeds", "0").exitCode());
  }
}
