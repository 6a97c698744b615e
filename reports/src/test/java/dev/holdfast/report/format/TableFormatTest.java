package dev.holdfast.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableFormatTest {

  @Test
  void aRowAFindingAndUnderAFailureWhy() throws Exception {
    String table = Hostile.written(new TableFormat(Ansi.NONE), Sample.failing());

    assertTrue(table.contains("Chaos  1 failed · 1 inconclusive · 3 passed\n"), table);
    assertTrue(table.contains("✕ fail          chaos/cut-mid-run "), table);
    assertTrue(table.contains("seen     m1 has two terminal frames\n"), table);
    assertTrue(table.contains("✓ pass          heartbeat/pong "), table);
    assertTrue(
        table.matches("(?s).*– n/a +cancel/idempotent \\(resume\\) +needs profile resume, which.*"),
        table);
    assertTrue(table.contains("? inconclusive  connect_p99_ms"), table);
  }

  @Test
  void coloursOnlyWhenTold() throws Exception {
    assertFalse(Hostile.written(new TableFormat(Ansi.NONE), Sample.failing()).contains("\u001b"));
    String coloured = Hostile.written(new TableFormat(Ansi.COLOURS), Sample.failing());
    assertTrue(coloured.contains("\u001b[1;31m✕ fail"), coloured);
  }

  @Test
  void hostileTextDrivesNoTerminal() throws Exception {
    String table = Hostile.written(new TableFormat(Ansi.NONE), Hostile.report());

    assertFalse(table.chars().anyMatch(c -> (c < ' ' && c != '\n') || c == 0x202e), table);
  }

  @Test
  void coloursNeedATerminalThatHasThemAndNobodyWhoDeclines() {
    assertEquals(Ansi.COLOURS, Ansi.detect(Map.of("TERM", "xterm"), true));
    assertEquals(Ansi.COLOURS, Ansi.detect(Map.of("NO_COLOR", ""), true));
    assertEquals(Ansi.NONE, Ansi.detect(Map.of("NO_COLOR", "1"), true));
    assertEquals(Ansi.NONE, Ansi.detect(Map.of("TERM", "dumb"), true));
    assertEquals(Ansi.NONE, Ansi.detect(Map.of("TERM", "xterm"), false));
  }
}
