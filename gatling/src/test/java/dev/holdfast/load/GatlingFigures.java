package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.result.Percentiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request's row in the table of Gatling's own report, in milliseconds. */
record GatlingFigures(long count, long p50, long p95) {
  private static final int COUNT = 2;
  private static final int P50 = 8;
  private static final int P95 = 10;

  /** Among fewer, two ways to pick a percentile may pick neighbours far apart. */
  private static final int ENOUGH_FOR_P50 = 100;

  private static final int ENOUGH_FOR_P95 = 1_000;

  static GatlingFigures of(Path index, String request) throws IOException {
    String html = Files.readString(index);
    int at = html.indexOf(">" + request + "</span>");
    assertTrue(at > 0, "Gatling's report has no row " + request);
    String row = html.substring(at, html.indexOf("</tr>", at));
    return new GatlingFigures(cell(row, COUNT), cell(row, P50), cell(row, P95));
  }

  private static long cell(String row, int column) {
    Matcher cell = Pattern.compile("col-" + column + "\">([0-9,]+)<").matcher(row);
    assertTrue(cell.find(), "no column " + column + " in " + row);
    return Long.parseLong(cell.group(1).replace(",", ""));
  }

  /** Ours and Gatling's may differ by 5 %, or by what rounding to a millisecond can do. */
  void agreeWith(Percentiles ours) {
    assertEquals(ours.samples(), count, ours.kind());
    if (count >= ENOUGH_FOR_P50) {
      close(ours.kind() + " p50", ours.p50Us(), p50);
    }
    if (count >= ENOUGH_FOR_P95) {
      close(ours.kind() + " p95", ours.p95Us(), p95);
    }
  }

  private static void close(String what, long oursUs, long theirsMs) {
    double oursMs = oursUs / 1_000.0;
    assertEquals(oursMs, (double) theirsMs, Math.max(1, oursMs * 0.05), what);
  }
}
