package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertTrue(spoken.out().stripTrailing().endsWith("holdfast: PASS nobody objects"));
    assertTrue(Files.readString(trace).startsWith("{\"story\":1}\n"));
  }

  @Test
  void twinIsCaughtWithSeedAndJudge() {
    Spoken spoken =
        Spoken.by("simulate", "--seeds", "50", "--twin", "server/two-terminals", "--json");
    assertEquals(1, spoken.exitCode(), spoken::err);
    assertTrue(spoken.out().contains("\"event\":\"violation\",\"seed\":"), spoken::out);
    assertTrue(spoken.out().contains("\"event\":\"summary\""), spoken::out);
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
