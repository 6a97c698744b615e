package dev.holdfast.protocol.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryCodecTest {
  private static final HistoryRecord FULL =
      new HistoryRecord(
          Source.CLIENT,
          "ana",
          3,
          9_000_000_000L,
          "2026-01-01T00:00:00.000Z",
          "s1",
          "c1",
          Kind.FRAME,
          "message",
          "ana:2",
          Map.of("id", "m1", "n", 7, "deep", Map.of("list", List.of(1, "a")), "yes", true));

  @Test
  void readsWhatItWrites() {
    for (Kind kind : Kind.values()) {
      for (Source source : Source.values()) {
        var bare =
            new HistoryRecord(source, "p", 1, 0, "w", null, null, kind, "say", null, Map.of());
        assertEquals(bare, HistoryCodec.read(HistoryCodec.write(bare)));
      }
    }
    assertEquals(FULL, HistoryCodec.read(HistoryCodec.write(FULL)));
  }

  @Test
  void aLineIsALineAndTheSameEachTime() {
    var awkward =
        new HistoryRecord(
            Source.PROXY,
            "p\n1",
            1,
            0,
            "w",
            null,
            null,
            Kind.FAULT,
            "cut",
            null,
            Map.of("b", "x\r\n\u2028", "a", 1));
    String line = HistoryCodec.write(awkward);
    assertFalse(line.contains("\n") || line.contains("\r"), line);
    assertEquals(awkward, HistoryCodec.read(line));
    assertEquals(line, HistoryCodec.write(HistoryCodec.read(line)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nope",
        "[]",
        "{}",
        "{\"v\":2,\"source\":\"client\",\"process\":\"a\",\"kind\":\"ok\",\"op\":\"x\"}",
        "{\"v\":1,\"source\":\"nobody\",\"process\":\"a\",\"kind\":\"ok\",\"op\":\"x\"}",
        "{\"v\":1,\"source\":\"client\",\"kind\":\"ok\",\"op\":\"x\"}",
        "{\"v\":1,\"source\":\"client\",\"process\":\"a\",\"kind\":\"ok\",\"op\":\"x\",\"data\":7}"
      })
  void saysWhatIsNoRecord(String line) {
    assertThrows(IllegalArgumentException.class, () -> HistoryCodec.read(line));
  }

  @Test
  void readsItsData() {
    assertEquals("m1", FULL.text("id"));
    assertEquals(null, FULL.text("n"));
    assertEquals(7, FULL.number("n", 0));
    assertEquals(-1, FULL.number("missing", -1));
  }

  @Test
  void aJournalNumbersItsRecordsFromOne() {
    Journal journal = new Journal(Source.HARNESS, "h");
    for (int i = 1; i <= 3; i++) {
      assertEquals(i, journal.add(0, "w", null, null, Kind.STATE, "x", Map.of()).n());
    }
    assertEquals(3, journal.records().size());
  }
}
