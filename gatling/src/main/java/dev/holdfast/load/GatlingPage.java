package dev.holdfast.load;

import dev.holdfast.report.result.GatlingSummary;
import dev.holdfast.report.result.GatlingSummary.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the table of Gatling's own report; its page is the only place where Gatling writes it down
 * for others.
 */
final class GatlingPage {
  private static final Pattern NAME = Pattern.compile("class=\"ellipsed-name\">([^<]*)</span>");

  /** Where the columns stand, as {@code gatling.conf} orders the percentiles. */
  private static final int OK = 3;

  private static final int FAILED = 4;
  private static final int P50 = 8;
  private static final int P95 = 10;
  private static final int P99 = 11;
  private static final int MAX = 12;

  private GatlingPage() {}

  /**
   * The summary of a page.
   *
   * @param link how the page is reached from where the summary is shown
   */
  static GatlingSummary read(Path index, String link) throws IOException {
    String html = Files.readString(index);
    List<Row> rows = new ArrayList<>();
    Matcher name = NAME.matcher(html);
    while (name.find()) {
      int end = html.indexOf("</tr>", name.end());
      if (end > 0) {
        rows.add(row(name.group(1), html.substring(name.end(), end)));
      }
    }
    return new GatlingSummary(link, rows);
  }

  private static Row row(String request, String cells) {
    return new Row(
        request,
        cell(cells, OK),
        cell(cells, FAILED),
        cell(cells, P50),
        cell(cells, P95),
        cell(cells, P99),
        cell(cells, MAX));
  }

  /** A dash where nothing was counted. */
  private static long cell(String cells, int column) {
    Matcher cell = Pattern.compile("col-" + column + "\">([0-9,]+)<").matcher(cells);
    return cell.find() ? Long.parseLong(cell.group(1).replace(",", "")) : 0;
  }
}
