package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gate against the reference server. */
@Tag("lab")
class GateTest {
  private static final int MOST_SECONDS = 120;

  @TempDir Path folder;

  @Test
  void theReferencePassesWithinTwoMinutesAndEveryStageHasItsSay() {
    Spoken spoken = Spoken.by("gate", "--out", folder.toString());

    assertEquals(0, spoken.exitCode(), () -> spoken.out() + spoken.err());
    assertTrue(spoken.lastLine().startsWith("holdfast: PASS "), spoken::out);
    RunReport report = JsonFormat.read(folder.resolve("report.json"));
    for (Stage stage : new Stage[] {Stage.CONFORMANCE, Stage.CHAOS, Stage.SIMULATION}) {
      assertFalse(report.findings(stage).isEmpty(), stage::title);
    }
    assertEquals(1, report.loads().size());
    assertTrue(report.duration().toSeconds() <= MOST_SECONDS, report.duration()::toString);
    assertTrue(Files.exists(folder.resolve("evidence/chaos/core/cut-mid-run/history.jsonl")));
  }
}
