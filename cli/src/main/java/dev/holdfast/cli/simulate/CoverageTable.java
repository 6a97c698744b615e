package dev.holdfast.cli.simulate;

import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.scenarios.world.Coverage;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** State × input × fault: how often each was reached, and what never was. */
final class CoverageTable {
  private CoverageTable() {}

  /** A line for each state and input; a letter for each fault under which they met. */
  static void print(Coverage coverage, PrintStream out) {
    List<String> faults = Coverage.columns();
    StringBuilder legend = new StringBuilder("faults:");
    for (int i = 0; i < faults.size(); i++) {
      legend.append(' ').append(letter(i)).append('=').append(faults.get(i));
    }
    out.println(legend);
    List<Coverage.Row> rows = coverage.rows();
    for (Coverage.Row row : rows) {
      if (row.reached()) {
        out.println(line(row));
      }
    }
    List<String> never =
        rows.stream()
            .filter(row -> !row.reached())
            .map(row -> row.side() + " " + row.state() + " × " + row.input())
            .toList();
    long cells = rows.stream().flatMap(row -> row.faults().stream()).filter(n -> n > 0).count();
    out.println(
        "reached "
            + cells
            + " of "
            + (long) rows.size() * faults.size()
            + " (state, input, fault); never reached under any fault: "
            + never.size());
    never.forEach(what -> out.println("  " + what));
  }

  private static String line(Coverage.Row row) {
    StringBuilder marks = new StringBuilder();
    long times = 0;
    for (int i = 0; i < row.faults().size(); i++) {
      long n = row.faults().get(i);
      times += n;
      marks.append(n > 0 ? letter(i) : '.');
    }
    return String.format(
        Locale.ROOT,
        "%-6s %-17s %-14s %12d %s",
        row.side(),
        row.state(),
        row.input(),
        times,
        marks);
  }

  private static char letter(int column) {
    return (char) ('a' + column);
  }

  /** The same for programs, an object a line. */
  static void printJson(Coverage coverage, PrintStream out) {
    List<String> faults = Coverage.columns();
    for (Coverage.Row row : coverage.rows()) {
      var object = JsonFormat.MAPPER.createObjectNode();
      object.put("event", "coverage").put("side", row.side());
      object.put("state", row.state()).put("input", row.input());
      var times = object.putObject("times");
      for (int i = 0; i < faults.size(); i++) {
        times.put(faults.get(i), row.faults().get(i));
      }
      out.println(object);
    }
  }
}
