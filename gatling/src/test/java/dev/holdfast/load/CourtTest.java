package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourtTest {
  @TempDir Path folder;

  private static List<HistoryRecord> conversation(String person) {
    Journal journal = new Journal(Source.CLIENT, person);
    journal.add(1, "2026-01-01T00:00:00.000Z", null, null, Kind.INVOKE, "connect", Map.of());
    return journal.records();
  }

  private static Court.Clock at(long ms, int connections) {
    return new Court.Clock() {
      @Override
      public long atMs(long nanos) {
        return ms;
      }

      @Override
      public int connectionsAt(long nanos) {
        return connections;
      }
    };
  }

  private static ConversationJudge always(Verdict verdict) {
    return (profile, history) -> List.of(new CheckResult("no_loss", verdict, "said so"));
  }

  @Test
  void theFirstBrokenConversationIsKept() throws Exception {
    Path evidence = folder.resolve("broken.jsonl");
    Court court = new Court(always(Verdict.FAIL), evidence);

    assertTrue(court.hear("p1-1", Profile.CORE, conversation("p1-1"), at(700, 12)).isPresent());
    assertTrue(court.hear("p2-1", Profile.CORE, conversation("p2-1"), at(800, 15)).isPresent());

    assertEquals(2, court.checked());
    assertEquals(2, court.broken());
    Broken first = Objects.requireNonNull(court.first());
    assertEquals("p1-1", first.person());
    assertEquals(12, first.connections());
    assertEquals("no_loss: said so", first.evidence());
    assertTrue(Files.readString(evidence).contains("\"process\":\"p1-1\""));
    assertEquals(List.of(), Evidence.read(evidence), "what a person did is no frame");
  }

  @Test
  void whatCannotBeToldIsNotBroken() {
    Path evidence = folder.resolve("broken.jsonl");
    Court court = new Court(always(Verdict.INCONCLUSIVE), evidence);

    assertFalse(court.hear("p1-1", Profile.CORE, conversation("p1-1"), at(0, 1)).isPresent());

    assertEquals(1, court.checked());
    assertEquals(0, court.broken());
    assertNull(court.first());
    assertFalse(Files.exists(evidence));
  }

  /** Who cannot write it down says so; the verdict stands. */
  @Test
  void aConversationThatCannotBeKeptIsBrokenAllTheSame() {
    Path evidence = folder.resolve("nowhere").resolve("broken.jsonl");
    Court court = new Court(always(Verdict.FAIL), evidence);

    assertTrue(court.hear("p1-1", Profile.CORE, conversation("p1-1"), at(0, 1)).isPresent());

    assertEquals(1, court.broken());
    assertTrue(String.valueOf(court.fault()).contains("nowhere"));
  }
}
