package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateParseTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05.678Z, true",
    "2026-01-02T03:04:05Z, true",
    "2026-01-02T03:04Z, true",
    "2026-01-02T03:04:05.678901+00:00, true",
    "2026-01-02T03:04:05.1234567890123Z, true",
    "2026-01-02T03:04:05-08:00, true",
    "2026-01-02T03:04:05, true",
    "+002026-01-02T03:04:05Z, true",
    "1970-01-01T00:00:00Z, true",
    "2024-02-29T00:00:00Z, true",
    "2026-02-29T00:00:00Z, false",
    "2026-13-01T00:00:00Z, false",
    "2026-01-02T25:00:00Z, false",
    "2026-01-02T03:04:61Z, false",
    "2026-01-02T03:04:05.Z, false",
    "2026-01-02T03:04:05+0000, false",
    "2026-01-02T03:04:05+25:00, false",
    "2026-01-02 03:04:05, false",
    "01.02.2026 03:04, false",
    "1767225600, false",
    "'', false",
    "just now, false",
  })
  void readsWhatTheStandardWritesDown(String text, boolean readable) {
    assertEquals(readable, DateParse.reads(TextNode.valueOf(text)));
  }

  @Test
  void readsOnlyTexts() {
    assertFalse(DateParse.reads(IntNode.valueOf(1_767_225_600)));
    assertFalse(DateParse.reads(NullNode.getInstance()));
  }
}
