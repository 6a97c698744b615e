package dev.holdfast.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.RunReportBuilder;
import dev.holdfast.report.result.Stage;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableFormatTest {

  @Test
  void aRowAFindingAndUnderAFailureWhy() throws Exception {
    String table = Hostile.written(new TableFormat(Ansi.NONE, true), Sample.failing());

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
  void aBlockForEachCauseAndLinesForWhatWasNotJudged() throws Exception {
    String table = Hostile.written(new TableFormat(Ansi.NONE, false), Sample.failing());

    assertTrue(table.contains("\n1 ✕ fail          session/stale-close-is-harmless\n"), table);
    assertTrue(table.contains("users    a message is lost, repeated or out of order\n"), table);
    assertTrue(table.contains("2 ✕ fail          chaos/cut-mid-run\n"), table);
    assertTrue(table.contains("3 ! warn          heartbeat/pong-while-busy\n"), table);
    assertTrue(table.contains("? inconclusive  chaos/reset-on-tool: the fault waits"), table);
    assertFalse(table.contains("heartbeat/pong \n") || table.contains("kept from the next"), table);
    assertTrue(table.contains("? inconclusive  connect_p99_ms"), table);
  }

  @Test
  void anyNumberOfFindingsFitsOnOneScreen() throws Exception {
    RunReportBuilder report = Sample.begin("x");
    for (int i = 0; i < 60; i++) {
      String clause = "a/" + Character.toString('a' + i % 10);
      report.add(
          Finding.about(Stage.CONFORMANCE, clause + "/case" + i, "Something holds.")
              .clause(clause)
              .expected("x")
              .likelyCause("y")
              .rerun("./holdfast z")
              .violated("close 1002 reason " + Character.toString('a' + i % 10)));
      report.add(Sample.about("b/" + i).inconclusive("reason " + Character.toString('a' + i % 20)));
      report.add(Sample.about("c/" + i).notApplicable("needs words (stimuli.s" + i % 7 + ")"));
    }
    String table = Hostile.written(new TableFormat(Ansi.NONE, false), report.build(Instant.EPOCH));

    assertTrue(table.lines().count() <= GroupTable.MOST_LINES, table);
    assertTrue(table.contains("1 ✕ fail          a/a (6 cases)\n"), table);
    assertTrue(table.contains("and 5 more groups: see the report, or --verbose\n"), table);
    assertTrue(table.contains("b/0 and 2 more cases: reason a\n"), table);
    assertTrue(table.contains("and 17 more reasons"), table);
    assertTrue(table.contains("– declare `stimuli.s0` to play 9 more cases\n"), table);
    assertEquals(3, table.lines().filter(line -> line.contains("declare `")).count(), table);
  }

  @Test
  void coloursOnlyWhenTold() throws Exception {
    assertFalse(
        Hostile.written(new TableFormat(Ansi.NONE, true), Sample.failing()).contains("\u001b"));
    String coloured = Hostile.written(new TableFormat(Ansi.COLOURS, true), Sample.failing());
    assertTrue(coloured.contains("\u001b[1;31m✕ fail"), coloured);
  }

  @Test
  void hostileTextDrivesNoTerminal() throws Exception {
    String table = Hostile.written(new TableFormat(Ansi.NONE, true), Hostile.report());

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
